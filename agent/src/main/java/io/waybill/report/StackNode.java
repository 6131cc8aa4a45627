// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Merged stacks, the outermost frame at the root.
 *
 * @param frame TYPE.METHOD; empty at the root
 * @param own weight of the stacks that end here
 * @param total of the stacks that end here or further inside
 * @param callees the heaviest first
 */
public record StackNode(String frame, long own, long total, List<StackNode> callees) {
    static final StackNode EMPTY = new StackNode("", 0, 0, List.of());

    public StackNode {
        callees = List.copyOf(callees);
    }

    /** Every stack with a weight of its own, the outermost frame first. */
    public void forEachStack(BiConsumer<List<String>, Long> action) {
        walk(this, new ArrayList<>(), action);
    }

    private static void walk(StackNode node, List<String> frames, BiConsumer<List<String>, Long> action) {
        if (node.own > 0) {
            action.accept(List.copyOf(frames), node.own);
        }
        for (StackNode callee : node.callees) {
            frames.add(callee.frame);
            walk(callee, frames, action);
            frames.remove(frames.size() - 1);
        }
    }

    /** The frames that stacks end in, the heaviest first. */
    public List<HotFrame> hottest(int most) {
        Map<String, Long> weights = new HashMap<>();
        Deque<StackNode> todo = new ArrayDeque<>(List.of(this));
        while (!todo.isEmpty()) {
            StackNode node = todo.pop();
            if (node.own > 0 && !node.frame.isEmpty()) {
                weights.merge(node.frame, node.own, Long::sum);
            }
            todo.addAll(node.callees);
        }
        return weights.entrySet().stream()
                .map(each -> new HotFrame(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(HotFrame::weight).reversed().thenComparing(HotFrame::frame))
                .limit(most)
                .toList();
    }

    /**
     * A frame that stacks end in.
     *
     * @param frame TYPE.METHOD
     * @param weight of these stacks
     */
    public record HotFrame(String frame, long weight) {}
}
