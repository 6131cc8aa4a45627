// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every stack that was met, each by a number; those with the same callers share them. Bounded. */
final class StackTrie {
    /** Of a sample without a stack. */
    static final int ROOT = 0;

    private static final int MOST_NODES = 400_000;

    /** As the JVM's own {@code stackdepth} allows; a recording from elsewhere may have any. */
    private static final int DEEPEST = 2048;

    private final List<String> frames = new ArrayList<>(List.of(""));
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> nodes = new HashMap<>();
    private int[] callers = new int[1024];
    private int[] frameOf = new int[1024];
    private int size = 1;
    private long shortened;

    /**
     * The number of a stack, the innermost frame first, as recordings have them; negative where it is cut short, because
     * there are too many different ones.
     */
    int add(List<String> stack) {
        int node = ROOT;
        for (int i = Math.min(stack.size(), DEEPEST) - 1; i >= 0; i--) {
            int next = callee(node, stack.get(i));
            if (next < 0) {
                return ~node;
            }
            node = next;
        }
        return node;
    }

    /** The node of the stack of a sample, which is counted if it is cut short. */
    int nodeOfSample(int stack) {
        if (stack >= 0) {
            return stack;
        }
        shortened++;
        return ~stack;
    }

    /** How many samples have a stack that is cut short. */
    long shortened() {
        return shortened;
    }

    private int callee(int caller, String frame) {
        Integer known = numbers.get(frame);
        if (known == null) {
            if (size == MOST_NODES) {
                return -1;
            }
            known = frames.size();
            frames.add(frame);
            numbers.put(frame, known);
        }
        long key = (long) caller << 32 | known;
        Integer node = nodes.get(key);
        if (node != null) {
            return node;
        }
        if (size == MOST_NODES) {
            return -1;
        }
        if (size == callers.length) {
            callers = Arrays.copyOf(callers, 2 * size);
            frameOf = Arrays.copyOf(frameOf, 2 * size);
        }
        callers[size] = caller;
        frameOf[size] = known;
        nodes.put(key, size);
        return size++;
    }

    /** The stacks of an account as a tree. */
    StackNode tree(Map<Integer, Amounts> amounts, Weight weight) {
        Map<Integer, Building> building = new HashMap<>();
        Building root = new Building("");
        building.put(ROOT, root);
        amounts.forEach((node, weights) -> {
            long amount = weights.of(weight);
            if (amount > 0) {
                build(node, building).own += amount;
            }
        });
        return root.finish();
    }

    private Building build(int node, Map<Integer, Building> building) {
        Building known = building.get(node);
        if (known != null) {
            return known;
        }
        Building made = new Building(frames.get(frameOf[node]));
        building.put(node, made);
        build(callers[node], building).callees.add(made);
        return made;
    }

    /** A node whose callees are not complete yet. */
    private static final class Building {
        private final String frame;
        private final List<Building> callees = new ArrayList<>();
        private long own;

        Building(String frame) {
            this.frame = frame;
        }

        StackNode finish() {
            List<StackNode> finished = new ArrayList<>();
            long total = own;
            for (Building callee : callees) {
                StackNode node = callee.finish();
                finished.add(node);
                total += node.total();
            }
            finished.sort(Comparator.comparingLong(StackNode::total).reversed().thenComparing(StackNode::frame));
            return new StackNode(frame, own, total, finished);
        }
    }
}
