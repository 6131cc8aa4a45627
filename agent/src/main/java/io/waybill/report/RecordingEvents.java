// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/** Takes the events of one JVM to where they count; its chunks come newest first, from whichever file. */
final class RecordingEvents {
    private final int jvmNumber;
    private final Ledger ledger;
    private final Children children;
    private final EventStacks stacks;
    private final JvmFacts jvm = new JvmFacts();
    private final Shortfall shortfall = new Shortfall();
    private final SampleRates rates = new SampleRates();
    private final NamespaceOwners namespaces;
    private final Room room;
    private final Map<Long, ThreadWork> threads = new HashMap<>();
    private RecordingPart part;
    private long origin;
    private long settled = Long.MAX_VALUE;
    private boolean first;
    private long oldest;
    private long count;
    private long lostSamples;

    /**
     * Knows nothing yet.
     *
     * @param first of what the files have of the JVM
     * @param room for what waits to be settled, in bytes
     */
    RecordingEvents(RecordingPart first, Ledger ledger, Children children, StackTrie trie, long room) {
        this.room = new Room(room, threads.values());
        this.part = first;
        this.jvmNumber = first.number();
        this.ledger = ledger;
        this.children = children;
        this.stacks = new EventStacks(trie);
        this.namespaces = new NamespaceOwners(jvmNumber);
    }

    /**
     * What comes next is in this chunk.
     *
     * @param firstTime whether nothing of it was read before; with its first piece all that has no place in time is read, too
     */
    void begin(Chunk chunk, RecordingPart itsPart, boolean firstTime) {
        part = itsPart;
        origin = chunk.origin();
        first = firstTime;
        oldest = Long.MAX_VALUE;
        stacks.endOfChunk();
        rates.endOfChunk();
    }

    /** Takes what belongs to a piece of a chunk. */
    void add(RecordedEvent event, Piece piece) {
        count++;
        switch (event.getEventType().getName()) {
            case "waybill.ContainerScope" -> scope(event, piece);
            case "jdk.ExecutionSample" -> sample(event, piece, "sampledThread", Sample.Kind.EXECUTION, 1);
            case "jdk.CPUTimeSample" -> sample(event, piece, "eventThread", Sample.Kind.CPU_TIME, 1);
            case "jdk.ObjectAllocationSample" ->
                sample(event, piece, "eventThread", Sample.Kind.ALLOCATION, EventFields.number(event, "weight"));
            case "jdk.ProcessStart" -> child(event, piece);
            default -> {
                if (first) {
                    addTimeless(event);
                }
            }
        }
    }

    private void addTimeless(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "waybill.ContainerNamespace" -> {
                namespaces.container(event);
                container(event);
            }
            case "waybill.Container", "waybill.ContainerStarted", "waybill.ContainerEnded" -> container(event);
            case "waybill.ProcessObserved" -> process(event);
            case "waybill.ResolverStatistics" -> shortfall.statistics(event);
            case "jdk.DataLoss" -> shortfall.dataLoss(event);
            case "jdk.CPUTimeSamplesLost" -> lostSamples += EventFields.number(event, "lostSamples");
            case "jdk.ActiveSetting" -> rates.setting(event);
            case "jdk.JVMInformation" -> jvm.jvmInformation(event);
            case "jdk.InitialEnvironmentVariable" -> jvm.environmentVariable(event);
            default -> {
                // of no use here
            }
        }
    }

    /** Settles the time from here on, by the JVM's counter: every scope that reaches into it is known. */
    void settle(long from) {
        stacks.endOfChunk();
        settled = Math.min(settled, from);
        for (Iterator<ThreadWork> each = threads.values().iterator(); each.hasNext(); ) {
            ThreadWork work = each.next();
            work.settle(from, ledger);
            if (work.isIdle()) {
                each.remove();
            }
        }
        room.measure();
    }

    /** Settles what is left; whom pid namespaces are of is known by now. */
    JvmFacts finish() {
        settle(Long.MIN_VALUE);
        Map<Subject, Subject> owners = namespaces.owners(jvm.pidNamespace());
        owners.forEach(ledger::merge);
        children.endOfJvm(subject -> owners.getOrDefault(subject, subject));
        return jvm;
    }

    /** The time of the oldest scope or sample of the chunk, by the JVM's counter. */
    long oldest() {
        return oldest;
    }

    /** The piece before one that is settled. */
    Piece older(Piece piece) {
        return piece.older(room.free());
    }

    /** How many events were read, those that were read again among them. */
    long count() {
        return count;
    }

    /** What is missing, for the reader. */
    List<String> shortfall() {
        return shortfall.notes();
    }

    /** The periods in which CPU was sampled. */
    Set<String> periods(Weight cpu) {
        return rates.of(cpu);
    }

    long lostSamples() {
        return lostSamples;
    }

    private void scope(RecordedEvent event, Piece piece) {
        long end = time(event.getEndTime());
        boolean takes = takes(end, ScopeList.BYTES, piece);
        if (!takes && !first) {
            return;
        }
        int subject = ledger.number(namespaces.subject(event));
        boolean elsewhere = EventFields.truth(event, "endedElsewhere");
        if (first) {
            Account account = ledger.account(subject);
            account.scope(elsewhere);
            account.seenIn(part.number());
            account.learnByTheWay(ContainerFacts.of(event));
        }
        if (elsewhere) {
            return;
        }
        long begin = time(event.getStartTime());
        long thread = EventFields.thread(event, "eventThread");
        if (thread == EventFields.NO_THREAD) {
            if (first) {
                ledger.time(subject, end - begin); // and nothing can be said of what happened in it
            }
        } else if (takes) {
            work(thread, ScopeList.BYTES, piece, work -> work.scope(begin, end, subject));
        }
    }

    private void container(RecordedEvent event) {
        Account account = ledger.account(namespaces.subject(event));
        account.seenIn(part.number());
        account.learn(ContainerFacts.of(event), EventFields.nanos(event.getStartTime()));
    }

    private void process(RecordedEvent event) {
        long pid = EventFields.number(event, "pid");
        String origin = EventFields.text(event, "origin");
        if (origin.equals("self")) {
            jvm.self(event);
        }
        Subject subject = namespaces.subject(event);
        Account account = ledger.account(subject);
        account.seenIn(part.number());
        account.process(jvmNumber, pid);
        account.learnByTheWay(ContainerFacts.of(event));
        if (origin.equals("child")) {
            account.childIn();
            children.observed(moment(event, pid), EventFields.text(event, "command"), subject);
        }
    }

    private void child(RecordedEvent event, Piece piece) {
        long pid = EventFields.number(event, "pid");
        if (first) {
            children.started(moment(event, pid), EventFields.text(event, "command"));
        }
        sample(event, piece, "eventThread", Sample.Kind.CHILD, pid);
    }

    private void sample(RecordedEvent event, Piece piece, String threadField, Sample.Kind kind, long weight) {
        long time = time(event.getStartTime());
        if (first) {
            part.sampled(kind);
            rates.sample(event, kind);
        }
        if (takes(time, Sample.BYTES, piece)) {
            int stack = kind == Sample.Kind.CHILD ? StackTrie.ROOT : stacks.of(event);
            long thread = EventFields.thread(event, threadField);
            work(thread, Sample.BYTES, piece, work -> work.sample(new Sample(time, kind, weight, stack)));
        }
    }

    private boolean takes(long time, int bytes, Piece piece) {
        oldest = Math.min(oldest, time);
        return piece.takes(time, bytes, first);
    }

    /** Adds to what a thread did, and takes room for that, last: whoever has nothing may be removed then. */
    private void work(long thread, int bytes, Piece piece, Consumer<ThreadWork> what) {
        ThreadWork work = threads.computeIfAbsent(thread, any -> new ThreadWork(settled));
        int more = work.isIdle() ? ThreadWork.BYTES + bytes : bytes;
        what.accept(work);
        room.take(more, piece);
    }

    private Children.Moment moment(RecordedEvent event, long pid) {
        return new Children.Moment(part.number(), pid, time(event.getStartTime()), origin);
    }

    /** By the JVM's counter, since the clock is another in each chunk. */
    private long time(Instant time) {
        return EventFields.nanos(time) - origin;
    }
}
