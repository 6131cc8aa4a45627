// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of a subject, and what it cost. */
final class Account {
    private static final int MOST_PIDS = 100_000;

    private final Map<Integer, Amounts> stacks = new HashMap<>();
    private final Amounts totals = new Amounts();
    private final Set<String> processes = new HashSet<>();
    private final Set<Integer> recordings = new HashSet<>();
    private final boolean single;
    private ContainerFacts facts = ContainerFacts.NONE;
    private ContainerFacts hints = ContainerFacts.NONE;
    private long lastTold = Long.MIN_VALUE;
    private long scopes;
    private long endedElsewhere;
    private long nanos;
    private long childrenFor;
    private long childrenIn;

    /**
     * Is empty.
     *
     * @param single whether it is of one subject; of several nothing can be learned
     */
    Account(boolean single) {
        this.single = single;
    }

    /**
     * Adds what an event says of it; of several inits, as where a container was started again, the last one counts.
     *
     * @param time of the event, which may come before older ones
     */
    void learn(ContainerFacts more, long time) {
        if (!single) {
            return;
        }
        boolean older = more.initPid() == 0 || time < lastTold;
        facts = older ? facts.or(more) : more.or(facts);
        lastTold = older ? lastTold : time;
    }

    /** Adds what an event says of one of its processes, which may have an init of its own. */
    void learnByTheWay(ContainerFacts more) {
        if (single) {
            hints = hints.or(more);
        }
    }

    void seenIn(int recording) {
        recordings.add(recording);
    }

    void process(int jvm, long pid) {
        if (processes.size() < MOST_PIDS) {
            processes.add(jvm + ":" + pid);
        }
    }

    void scope(boolean elsewhere) {
        scopes++;
        if (elsewhere) {
            endedElsewhere++;
        }
    }

    void time(long more) {
        nanos += more;
    }

    void sample(Weight weight, long amount, int stack) {
        totals.add(weight, amount);
        stacks.computeIfAbsent(stack, any -> new Amounts()).add(weight, amount);
    }

    void childFor() {
        childrenFor++;
    }

    void childIn() {
        childrenIn++;
    }

    /** Takes over what another account has. */
    void addAll(Account other) {
        learn(other.facts, other.lastTold);
        learnByTheWay(other.hints);
        scopes += other.scopes;
        endedElsewhere += other.endedElsewhere;
        nanos += other.nanos;
        childrenFor += other.childrenFor;
        childrenIn += other.childrenIn;
        processes.addAll(other.processes);
        recordings.addAll(other.recordings);
        totals.addAll(other.totals);
        other.stacks.forEach((stack, amounts) ->
                stacks.computeIfAbsent(stack, any -> new Amounts()).addAll(amounts));
    }

    long total(Weight weight) {
        return totals.of(weight);
    }

    /** Whether there is anything to say. */
    boolean isEmpty() {
        return scopes == 0
                && stacks.isEmpty()
                && processes.isEmpty()
                && childrenFor == 0
                && facts().equals(ContainerFacts.NONE);
    }

    ContainerFacts facts() {
        return facts.or(hints);
    }

    Share share(Subject subject, String displayName, StackTrie trie, List<RecordingJvm> jvms) {
        Map<Weight, StackNode> trees = new HashMap<>();
        for (Weight weight : Weight.values()) {
            trees.put(weight, trie.tree(stacks, weight));
        }
        return new Share(
                displayName,
                subject.kind().text(),
                subject.containerId(),
                facts(),
                recordings.size(),
                recordings.stream()
                        .mapToLong(recording -> jvms.get(recording).end())
                        .max()
                        .orElse(0),
                processes.size(),
                scopes,
                endedElsewhere,
                nanos,
                Map.of(
                        Weight.EXECUTION, total(Weight.EXECUTION),
                        Weight.CPU_TIME, total(Weight.CPU_TIME),
                        Weight.ALLOCATION, total(Weight.ALLOCATION)),
                childrenFor,
                childrenIn,
                trees);
    }
}
