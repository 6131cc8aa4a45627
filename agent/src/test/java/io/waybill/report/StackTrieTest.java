// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StackTrieTest {
    private final StackTrie trie = new StackTrie();

    @Test
    void stacksOfTheSameCallersShareThem() {
        int one = trie.add(List.of("leaf", "middle", "main"));
        int other = trie.add(List.of("other", "middle", "main"));

        StackNode tree = trie.tree(Map.of(one, amount(3), other, amount(1)), Weight.EXECUTION);

        assertThat(tree.total()).isEqualTo(4);
        assertThat(tree.callees()).singleElement().satisfies(main -> {
            assertThat(main.frame()).isEqualTo("main");
            assertThat(main.callees().get(0).callees())
                    .extracting(StackNode::frame)
                    .containsExactly("leaf", "other");
        });
    }

    /** Which a recording from elsewhere can have, whatever the JVM allows. */
    @Test
    void ofAStackWithoutEndTheInnermostFramesAreKept() {
        int deep = trie.add(Collections.nCopies(300_000, "again"));

        StackNode tree = trie.tree(Map.of(deep, amount(1)), Weight.EXECUTION);

        assertThat(tree.hottest(1)).containsExactly(new StackNode.HotFrame("again", 1));
    }

    @Test
    void everySampleIsCountedWhoseStackIsCutShort() {
        int whole = trie.add(List.of("leaf", "main"));
        for (int i = 0; i < 400_000; i++) {
            trie.add(List.of("frame" + i));
        }
        int cut = trie.add(List.of("another", "main"));

        List<Integer> nodes = IntStream.of(whole, cut, cut, cut)
                .map(trie::nodeOfSample)
                .boxed()
                .toList();

        assertThat(trie.shortened()).isEqualTo(3);
        assertThat(nodes.subList(1, 4)).containsOnly(trie.add(List.of("main")));
        assertThat(nodes.get(0)).isEqualTo(whole);
    }

    private static Amounts amount(long samples) {
        Amounts amounts = new Amounts();
        amounts.add(Weight.EXECUTION, samples);
        return amounts;
    }
}
