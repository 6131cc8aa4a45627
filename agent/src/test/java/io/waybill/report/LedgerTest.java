// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is learned of a container from events, which come in any order. */
class LedgerTest {
    private static final Subject WEB = Subject.container("web");
    private static final ContainerFacts BEFORE = run(4711, 1_000, -1, "");
    private static final ContainerFacts ENDED = run(4711, 0, 500, "exit 137");
    private static final ContainerFacts AGAIN = run(4800, 2_000, -1, "");

    private final Ledger ledger = new Ledger(new StackTrie(), new Children());

    @Test
    void ofAContainerThatEndedTheLifetimeIsTold() {
        ledger.account(WEB).learn(BEFORE, 10);
        ledger.account(WEB).learn(ENDED, 20);

        assertThat(ledger.account(WEB).facts()).isEqualTo(run(4711, 1_000, 500, "exit 137"));
    }

    @Test
    void aContainerThatWasStartedAgainHasNotEnded() {
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 2, 0))) {
            Ledger each = new Ledger(new StackTrie(), new Children());
            order.forEach(
                    i -> each.account(WEB).learn(List.of(BEFORE, ENDED, AGAIN).get(i), 10 * i));

            assertThat(each.account(WEB).facts()).as(order.toString()).isEqualTo(AGAIN);
        }
    }

    @Test
    void aProcessInANamespaceOfItsOwnDoesNotTellTheInitOfItsContainer() {
        ledger.account(WEB).learnByTheWay(run(5000, 0, -1, ""));
        ledger.account(WEB).learn(BEFORE, 10);

        assertThat(ledger.account(WEB).facts()).isEqualTo(BEFORE);
    }

    @Test
    void theRowOfAllOthersIsCalledAfterNoneOfThem() {
        for (int i = 0; i < 20_010; i++) {
            ledger.account(Subject.container("container" + i)).learn(run(i + 1, 0, -1, ""), i);
            ledger.account(Subject.container("container" + i)).scope(false);
        }

        Share others = ledger.shares(ledger.names(), List.of()).stream()
                .filter(share -> share.kind().equals("others"))
                .findFirst()
                .orElseThrow();

        assertThat(others.displayName()).isEqualTo("(others)");
        assertThat(others.facts()).isEqualTo(ContainerFacts.NONE);
        assertThat(others.scopes()).isPositive();
    }

    private static ContainerFacts run(long initPid, long start, long lifetime, String exitStatus) {
        return new ContainerFacts("web", "runc", "", "", initPid, "", 4026532185L, start, lifetime, exitStatus);
    }
}
