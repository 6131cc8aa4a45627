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
    private final OwnNamespace own;
    private final InitLookups lookups;
    private final KnownNamespaces known;
    private final NamespaceChain chain;
    private final StepLog steps;

    private NamespaceResolver(
            Processes processes, OwnNamespace own, InitLookups lookups, KnownNamespaces known, StepLog steps) {
        this.processes = processes;
        this.own = own;
        this.lookups = lookups;
        this.known = known;
        this.chain = own.chain();
        this.steps = steps;
    }

    /**
     * Makes one, trying once what this kernel and this JVM's rights allow.
     *
     * @param linux the C library; null where it cannot be called, which leaves /proc alone
     * @param procFs the procfs that speaks this JVM's pids
     * @param heldInits how many inits are held at most, one descriptor each
     * @param steps is told each step
     */
    public static NamespaceResolver over(@Nullable Linux linux, ProcFs procFs, int heldInits, StepLog steps) {
        Processes processes = new Processes(linux, procFs);
        try (OwnNamespace.Opened opened = OwnNamespace.open(processes)) {
            InitLookups lookups = InitLookups.probe(opened.namespace(), procFs, new InitVerifier(processes), steps);
            OwnNamespace own = OwnNamespace.of(opened, procFs);
            return new NamespaceResolver(processes, own, lookups, new KnownNamespaces(heldInits), steps);
        }
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
        if (own.is(id)) {
            return new NamespaceAnswer.In(own.namespace(), new Init.Known(1, lookups.best()), true);
        }
        KnownNamespaces.Entry entry = known.living(id);
        if (entry != null) {
            if (steps.wanted()) {
                steps.note("init of " + id, entry.init().pid() + ", met before and alive");
            }
            return new NamespaceAnswer.In(entry.namespace(), entry.init(), true);
        }
        PidNamespace below = chain.placeOf(namespace, process.pid());
        FoundInit found = lookups.find(namespace);
        for (int i = 1; i < ATTEMPTS && found.held() == null && process.isAlive(); i++) {
            found = lookups.find(namespace);
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
        return own.namespace();
    }

    /** The namespace that children of this JVM are born in: its own, unless native code unshared. */
    public @Nullable PidNamespace forChildren() {
        return own.forChildren();
    }

    /** What came of trying each way on this JVM's own namespace, best first. */
    public List<WayProbe> ways() {
        return lookups.probes();
    }

    /** The best way that works here. */
    public InitWay best() {
        return lookups.best();
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
        known.close();
        own.close();
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
