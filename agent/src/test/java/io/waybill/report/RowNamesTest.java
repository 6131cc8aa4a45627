// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowNamesTest {
    private static final Subject ONE = Subject.container("3f" + "0".repeat(62));
    private static final Subject OTHER = Subject.container("7a" + "0".repeat(62));

    private final Map<Subject, ContainerFacts> facts = new LinkedHashMap<>();

    @Test
    void aContainerIsCalledByItsNameElseByItsId() {
        know(ONE, "web", "", 0);
        know(OTHER, "", "", 0);

        assertThat(names()).containsExactly("web", "7a0000000000");
    }

    @Test
    void theContainerOfAPodIsCalledWithIt() {
        know(ONE, "app", "shop/cart-1", 0);
        know(OTHER, "app", "shop/cart-2", 0);

        assertThat(names()).containsExactly("shop/cart-1/app", "shop/cart-2/app");
    }

    @Test
    void whatWouldBeCalledAlikeIsToldApart() {
        know(ONE, "app", "shop/cart-1", 0);
        know(OTHER, "app", "shop/cart-1", 0);
        know(Subject.container("lone"), "web", "", 0);

        assertThat(names()).containsExactly("shop/cart-1/app (3f0000000000)", "shop/cart-1/app (7a0000000000)", "web");
    }

    @Test
    void aNamespaceOfAnotherRecordingIsToldApart() {
        know(Subject.namespace(0, 4026532185L, 4711), "", "", 4026532185L);
        know(Subject.namespace(1, 4026532185L, 4711), "", "", 4026532185L);

        assertThat(names())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("(pid namespace 4026532185"))
                .anyMatch(name -> name.contains("in recording 2"));
    }

    @Test
    void aContainerDoesNotPassForWhatWasDoneForNobody() {
        know(Subject.NOBODY, "", "", 0);
        know(ONE, "(no scope)", "", 0);

        assertThat(names()).containsExactly("(no scope)", "(no scope) (3f0000000000)");
    }

    private void know(Subject subject, String name, String pod, long pidNamespace) {
        facts.put(subject, new ContainerFacts(name, "", "", pod, 0, "", pidNamespace, 0, -1, ""));
    }

    private List<String> names() {
        RowNames names = RowNames.of(facts);
        return facts.keySet().stream().map(names::of).toList();
    }
}
