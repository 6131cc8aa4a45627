// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stacks of a whole report as one tree, whose outermost frames are the containers. */
final class StackForest {
    private StackForest() {}

    static StackNode of(Report report, Weight weight) {
        List<StackNode> trees = new ArrayList<>();
        report.shares().forEach(share -> addTree(trees, share, weight));
        addTree(trees, report.unscoped(), weight);
        trees.sort(Comparator.comparingLong(StackNode::total).reversed());
        return new StackNode("", 0, trees.stream().mapToLong(StackNode::total).sum(), trees);
    }

    private static void addTree(List<StackNode> trees, Share share, Weight weight) {
        StackNode stacks = share.stack(weight);
        if (stacks.total() > 0) {
            trees.add(new StackNode(share.displayName(), stacks.own(), stacks.total(), stacks.callees()));
        }
    }
}
