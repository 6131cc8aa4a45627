// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The accounts of all subjects, each by a number. Bounded: what is too many is booked for all others together. */
final class Ledger implements ThreadWork.Settlement {
    /** The number of what happened outside every scope. */
    static final int NOBODY = 0;

    private static final int MOST_SUBJECTS = 20_000;

    private final Map<Subject, Integer> numbers = new HashMap<>();
    private final List<Account> accounts = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final StackTrie stacks;
    private final Children children;

    Ledger(StackTrie stacks, Children children) {
        this.stacks = stacks;
        this.children = children;
        number(Subject.NOBODY);
        number(Subject.OTHERS);
    }

    int number(Subject subject) {
        Integer known = numbers.get(subject);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= MOST_SUBJECTS) {
            return numbers.getOrDefault(Subject.OTHERS, NOBODY);
        }
        numbers.put(subject, accounts.size());
        subjects.add(subject);
        accounts.add(new Account(!subject.equals(Subject.OTHERS)));
        return accounts.size() - 1;
    }

    Account account(int number) {
        return accounts.get(number);
    }

    Account account(Subject subject) {
        return accounts.get(number(subject));
    }

    /** Books what was booked for one on another, whom it turned out to be. */
    void merge(Subject from, Subject to) {
        Integer number = numbers.remove(from);
        if (number != null) {
            account(to).addAll(accounts.get(number));
            accounts.set(number, new Account(true));
        }
    }

    @Override
    public void time(int subject, long nanos) {
        accounts.get(subject).time(nanos);
    }

    @Override
    public void sample(int subject, Sample sample) {
        Account account = accounts.get(subject);
        int stack = stacks.nodeOfSample(sample.stack());
        switch (sample.kind()) {
            case EXECUTION -> account.sample(Weight.EXECUTION, 1, stack);
            case CPU_TIME -> account.sample(Weight.CPU_TIME, 1, stack);
            case ALLOCATION -> account.sample(Weight.ALLOCATION, sample.weight(), stack);
            case CHILD -> {
                account.childFor();
                children.startedFor(sample.weight(), sample.time(), subjects.get(subject));
            }
        }
    }

    /** What readers know everybody by. */
    RowNames names() {
        Map<Subject, ContainerFacts> facts = new HashMap<>();
        numbers.forEach(
                (subject, number) -> facts.put(subject, accounts.get(number).facts()));
        return RowNames.of(facts);
    }

    /** The rows of a report of these recordings: what there is nothing to say of is left out. */
    List<Share> shares(RowNames names, List<RecordingJvm> jvms) {
        List<Share> shares = new ArrayList<>();
        for (int i = 1; i < accounts.size(); i++) {
            if (!accounts.get(i).isEmpty()) {
                shares.add(accounts.get(i).share(subjects.get(i), names.of(subjects.get(i)), stacks, jvms));
            }
        }
        return shares;
    }

    /** What happened outside every scope. */
    Share nobody(RowNames names) {
        return accounts.get(NOBODY).share(Subject.NOBODY, names.of(Subject.NOBODY), stacks, List.of());
    }

    long total(Weight weight) {
        return accounts.stream().mapToLong(account -> account.total(weight)).sum();
    }
}
