// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.PidNamespace;
import io.waybill.linux.Linux;
import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * From a process to its pid namespace and that namespace's init.
 *
 * <p>The order is free of races: the process is held, its namespace opened through what holds it, the init asked for,
 * held in turn and verified. A process never changes its own pid namespace, so the answer is true for as long as the
 * process is held and lives.
 */
public final class NamespaceResolver implements AutoCloseable {
    /** Several looks, since init can die between being named and being held, and the number go to another. */
    private static final int ATTEMPTS = 3;

    private final Processes processes;
    private final ProcFs procFs;
    private final KnownNamespaces known;
    private final StepLog steps;
    private final AtomicReference<Tried> tried;
    private volatile boolean closed;

    private NamespaceResolver(Processes processes, ProcFs procFs, KnownNamespaces known, StepLog steps) {
        this.processes = processes;
        this.procFs = procFs;
        this.known = known;
        this.steps = steps;
        this.tried = new AtomicReference<>(Tried.now(processes, procFs, steps));
    }

    /**
     * Makes one, trying what this kernel and this JVM's rights allow: once, but where there is no descriptor left to try it
     * with, when there is one.
     *
     * @param linux the C library; null where it cannot be called, which leaves /proc alone
     * @param procFs the procfs that speaks this JVM's pids
     * @param heldInits how many inits are held at most, one descriptor each
     * @param steps is told each step
     */
    public static NamespaceResolver over(@Nullable Linux linux, ProcFs procFs, int heldInits, StepLog steps) {
        return new NamespaceResolver(new Processes(linux, procFs), procFs, new KnownNamespaces(heldInits), steps);
    }

    /**
     * Holds a process, so that what is asked next is about it and no later one.
     *
     * @return a held process, or the answer that there is none to hold
     */
    public Hold hold(long pid) {
        if (pid == 0) {
            return new Hold.Answered(new NamespaceAnswer.NotVisible(
                    "the kernel gives pid 0 for a process outside this JVM's pid namespace"));
        }
        try {
            HeldProcess process = processes.open(pid);
            if (steps.wanted()) {
                steps.note("open " + pid, "held by " + process.guard());
            }
            return new Hold.Held(process);
        } catch (UnreadableException e) {
            if (steps.wanted()) {
                steps.note("open " + pid, e.reason());
            }
            return new Hold.Answered(answer(e));
        }
    }

    /** The pid namespace of a held process, and its init. */
    public NamespaceAnswer resolve(HeldProcess process) {
        try (OpenNamespace namespace = process.pidNamespace()) {
            if (steps.wanted()) {
                steps.note("pid namespace of " + process.pid(), namespace.id().toString());
            }
            return resolve(process, namespace);
        } catch (UnreadableException e) {
            if (steps.wanted()) {
                steps.note("pid namespace of " + process.pid(), e.reason());
            }
            return answer(e);
        }
    }

    private NamespaceAnswer resolve(HeldProcess process, OpenNamespace namespace) throws UnreadableException {
        NamespaceId id = namespace.id();
        Tried now = tried();
        if (now.own().is(id)) {
            return new NamespaceAnswer.In(
                    now.own().namespace(), new Init.Known(1, now.lookups().best()), true);
        }
        KnownNamespaces.Entry entry = known.living(id);
        if (entry != null) {
            if (steps.wanted()) {
                steps.note("init of " + id, entry.init().pid() + ", met before and alive");
            }
            return new NamespaceAnswer.In(entry.namespace(), entry.init(), true);
        }
        PidNamespace below = now.own().chain().placeOf(namespace, process.pid());
        FoundInit found = now.lookups().find(namespace);
        for (int i = 1; i < ATTEMPTS && found.held() == null && process.isAlive(); i++) {
            found = now.lookups().find(namespace);
        }
        if (found.held() != null && found.answer() instanceof Init.Known init) {
            known.keep(below, init, found.held());
        } else if (!process.isAlive()) {
            return new NamespaceAnswer.Gone(process.pid() + " ended, and the init of its namespace with it");
        }
        return new NamespaceAnswer.In(below, found.answer(), false);
    }

    /** This JVM's own namespace. */
    public PidNamespace own() {
        return tried().own().namespace();
    }

    /** The namespace that children of this JVM are born in: its own, unless native code unshared. */
    public @Nullable PidNamespace forChildren() {
        return tried().own().forChildren();
    }

    /** What came of trying each way on this JVM's own namespace, best first. */
    public List<WayProbe> ways() {
        return tried().lookups().probes();
    }

    /** The best way that works here. */
    public InitWay best() {
        return tried().lookups().best();
    }

    /** What keeps a recycled pid from being mistaken here: {@code pidfd} or {@code start time}. */
    public String guard() {
        return processes.guard();
    }

    /** How many namespaces are known, each with a held init. */
    public int knownNamespaces() {
        return known.size();
    }

    @Override
    public void close() {
        closed = true;
        known.close();
        last().close();
    }

    /** What was tried; tried again where a descriptor was missing then. Nobody waits for another who does the same. */
    private Tried tried() {
        Tried before = last();
        if (before.complete() || closed) {
            return before;
        }
        Tried again = Tried.now(processes, procFs, steps);
        boolean better = again.complete() && tried.compareAndSet(before, again);
        (better ? before : again).close();
        if (closed) {
            again.close();
        }
        return last();
    }

    private Tried last() {
        return Objects.requireNonNull(tried.get());
    }

    private static NamespaceAnswer answer(UnreadableException e) {
        return switch (e.kind()) {
            case GONE, THREAD -> new NamespaceAnswer.Gone(e.reason());
            case REFUSED -> new NamespaceAnswer.Refused(e.reason());
            case EXHAUSTED -> new NamespaceAnswer.Exhausted(e.reason());
        };
    }

    /** A held process, or the answer that there is none to hold. */
    public sealed interface Hold {
        /** It is held; the caller closes it or hands it on. */
        record Held(HeldProcess process) implements Hold {}

        /** There is none. */
        record Answered(NamespaceAnswer answer) implements Hold {}
    }
}
