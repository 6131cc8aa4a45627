// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.Identity;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerTable;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the processes there are, and tells of those that were not there before. Only these are resolved: of a process
 * that is known the look costs its line in a listing, and no memory.
 */
final class Watch {
    /** Of the processes that events led to, so many are taken in for each one that a look comes to, or tells of. */
    private static final int FOUND_MEANWHILE = 4;

    private final Answers answers;
    private final PidResolver resolver;
    private final ContainerTable table;
    private final OwnPlace self;
    private final boolean includeOwn;
    private final BiConsumer<Resolution, Boolean> newProcesses;
    private final Consumer<String> complaints;

    private final FoundProcesses found = new FoundProcesses(this::executed);
    private final long ownPid = ProcessHandle.current().pid();
    /** Whether no look was ended since what is known was of any use. */
    private boolean anew = true;

    private ProcessLists before = new ProcessLists();
    private ProcessLists now = new ProcessLists();
    /** The answers for the processes that are recorded, by pid; the others are left out of everything. */
    private final Map<Long, Resolution> recorded = new HashMap<>();
    /** The processes that were too young for their answer to last. */
    private final Set<Long> unsettled = new HashSet<>();
    /** The last answer for this JVM itself. */
    private @Nullable Resolution own;

    /**
     * Makes one that has seen nothing yet.
     *
     * @param self this JVM's own container or cgroup, whose processes are left out
     * @param includeOwn whether they are not left out
     * @param newProcesses is told of each process that was not there at the last look, and whether it joined
     */
    Watch(
            Answers answers,
            PidResolver resolver,
            ContainerTable table,
            Identity self,
            boolean includeOwn,
            BiConsumer<Resolution, Boolean> newProcesses,
            Consumer<String> complaints) {
        this.answers = answers;
        this.resolver = resolver;
        this.table = table;
        this.self = new OwnPlace(self);
        this.includeOwn = includeOwn;
        this.newProcesses = newProcesses;
        this.complaints = complaints;
    }

    /** Looks once; where the procfs must not be read, that has been told already. */
    void pass() {
        if (answers.procFs().forbidden() == null && list()) {
            look();
        }
    }

    /** Lists the processes there are; whether that can be relied on. */
    private boolean list() {
        now.clear();
        try {
            answers.listProcesses(now::add);
        } catch (IOException e) {
            complaints.accept(
                    answers.procFs().root() + " cannot be listed, so only children are seen: " + e.getMessage());
            return false;
        }
        if (!now.has(ownPid)) {
            complaints.accept(answers.procFs().root()
                    + " does not show this JVM any more; until it does, only children are seen, and no end");
            return false;
        }
        return true;
    }

    private void look() {
        Changes changes = new Changes(anew);
        anew = true;
        if (changes.ofEverything) {
            // it is the first, or the last one threw, for want of memory as a rule, and what it took in is not known
            before.clear();
            recorded.clear();
            unsettled.clear();
            table.forgetProcesses();
        }
        Stream<Resolution> known = Stream.concat(recorded.values().stream(), Stream.ofNullable(own));
        answers.resolver().owed(known).forEach(resolution -> unsettled.add(resolution.pid()));
        Set<Long> came = new HashSet<>();
        now.differences(before, new ProcessLists.Difference() {
            @Override
            public void gone(long pid) {
                unsettled.remove(pid);
                changes.gone(recorded.remove(pid));
            }

            @Override
            public void came(long pid) {
                came.add(pid);
                look(pid, changes, true);
                found.take(FOUND_MEANWHILE);
            }
        });
        for (Long pid : List.copyOf(unsettled)) {
            if (!came.contains(pid)) {
                look(pid, changes, false);
            }
        }
        table.update(changes.gone, changes.present);
        for (Resolution resolution : changes.fresh) {
            newProcesses.accept(resolution, joined(resolution));
            found.take(FOUND_MEANWHILE);
        }
        ProcessLists free = before;
        before = now;
        now = free;
        anew = false;
    }

    /** Where to bring the processes that executed a program, in a container or another pid namespace. */
    FoundProcesses found() {
        return found;
    }

    /** A process executed a program: told of now, since it may be gone at the next look. */
    void executed(Resolution unnamed) {
        Resolution resolution = named(unnamed);
        if (!isOnTheWay(resolution, answers.resolver().isSettled(resolution))) {
            table.observed(resolution);
        }
        if (includeOwn || !self.has(resolution)) {
            recorded.put(resolution.pid(), resolution);
            unsettled.add(resolution.pid());
            newProcesses.accept(resolution, joined(resolution));
        }
    }

    /** Whether a process came into its namespace from outside. */
    boolean joined(Resolution resolution) {
        return Joined.isJoined(resolution, recorded, answers);
    }

    /** Tells again of every process that the last look saw. */
    void replay() {
        recorded.values().forEach(resolution -> newProcesses.accept(resolution, joined(resolution)));
    }

    /** A process that was told of is told of again only if the answer is another one: it was young, or executed meanwhile. */
    private void look(long pid, Changes changes, boolean first) {
        Resolution unnamed = resolver.resolve(pid);
        boolean gone = unnamed instanceof Resolution.Gone;
        // before its names are looked for: one that settles meanwhile is looked at once more
        boolean settled = gone || answers.resolver().isSettled(unnamed);
        Resolution resolution = named(unnamed);
        boolean left = gone || (!includeOwn && self.has(resolution));
        if (settled) {
            unsettled.remove(pid);
        } else {
            unsettled.add(pid);
        }
        if (gone && !first) {
            // the kernel tells of its end, with a status, or the next listing; if it never was in one, that will not
            if (!now.has(pid)) {
                recorded.remove(pid);
            }
            return;
        }
        if (resolution instanceof Resolution.Unanswered && !first) {
            return; // for want of descriptors as a rule: what was known of it is still true, or looked at again
        }
        Resolution earlier = recorded.get(pid);
        boolean known = resolution.equals(earlier);
        if (left) {
            changes.gone(recorded.remove(pid));
            keepIfOwn(resolution, changes);
        } else if (!known) {
            changes.gone(earlier);
            recorded.put(pid, resolution);
            changes.fresh.add(resolution);
        }
        if (!left && !isOnTheWay(resolution, settled)) {
            changes.present.add(resolution);
            if (changes.ofEverything) {
                table.observedInit(resolution); // not at the end: that is seconds away on a busy machine
            }
        }
    }

    /** The container of this JVM is there for as long as that runs, also where its processes are left out. */
    private void keepIfOwn(Resolution resolution, Changes changes) {
        if (resolution.pid() == ownPid) {
            changes.gone(own); // from where it was moved meanwhile
            own = resolution;
            changes.present.add(resolution);
        }
    }

    /** What goes wrong about one process must not keep the others from being seen. */
    private Resolution named(Resolution resolution) {
        try {
            return answers.resolver().named(resolution);
        } catch (RuntimeException e) {
            complaints.accept("an error in the agent, which goes on without the name of a container: " + e);
            return resolution;
        }
    }

    /**
     * Perhaps a runtime's own process: in the cgroup of a container that it has not made the namespace of yet, or as the init
     * of one that it has not written down.
     */
    private boolean isOnTheWay(Resolution resolution, boolean settled) {
        return !settled && (table.mayBeRuntime(resolution) || answers.resolver().isBeingMade(resolution));
    }
}
