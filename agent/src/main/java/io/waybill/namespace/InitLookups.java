// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.procfs.ProcFs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways to an init, best first. What the kernel lacks is found out once, on this JVM's own namespace, for which every
 * way that exists has an answer.
 *
 * <p>A kernel that has both ioctls is asked by that of mainline alone: the other knows no more, and where a process ends at
 * the wrong moment it follows a pointer to freed memory.
 */
final class InitLookups {
    private final List<InitLookup> ways;
    private final List<WayProbe> probes;
    private final ProcScan scan;
    private final InitVerifier verifier;
    private final StepLog steps;

    private InitLookups(
            List<InitLookup> ways, List<WayProbe> probes, ProcScan scan, InitVerifier verifier, StepLog steps) {
        this.ways = ways;
        this.probes = probes;
        this.scan = scan;
        this.verifier = verifier;
        this.steps = steps;
    }

    /**
     * Tries each way on this JVM's own namespace.
     *
     * @param own this JVM's namespace; null where it could not be opened, which leaves the scan of /proc
     */
    static InitLookups probe(@Nullable OpenNamespace own, ProcFs procFs, InitVerifier verifier, StepLog steps) {
        ProcScan scan = new ProcScan(procFs);
        List<InitLookup> working = new ArrayList<>();
        List<WayProbe> probes = new ArrayList<>();
        for (InitLookup way : List.of(new TranslationIoctl(), new ProposedIoctl())) {
            InitAnswer answer = own == null
                    ? new InitAnswer.Unsupported("this JVM's own namespace cannot be opened")
                    : way.find(own);
            boolean works = answer instanceof InitAnswer.Candidate || answer instanceof InitAnswer.Nobody;
            boolean asked = works && working.isEmpty();
            if (asked) {
                working.add(way);
            }
            probes.add(new WayProbe(
                    way.way(),
                    works,
                    describe(answer)
                            + (works && !asked
                                    ? ", and is not asked: "
                                            + working.get(0).way().text() + " is safer"
                                    : "")));
        }
        working.add(scan);
        probes.add(new WayProbe(InitWay.PROC_SCAN, true, "one pass over " + procFs.root() + " for all namespaces"));
        return new InitLookups(List.copyOf(working), List.copyOf(probes), scan, verifier, steps);
    }

    /** What came of trying each way. */
    List<WayProbe> probes() {
        return probes;
    }

    /** The best way that works. */
    InitWay best() {
        return ways.get(0).way();
    }

    /**
     * Finds, verifies and holds the init of a namespace.
     *
     * @throws UnreadableException EXHAUSTED if there is nothing left to look with
     */
    FoundInit find(OpenNamespace namespace) throws UnreadableException {
        StringBuilder reasons = new StringBuilder();
        for (InitLookup way : ways) {
            InitAnswer answer = way.find(namespace);
            note(way, namespace, answer);
            if (answer instanceof InitAnswer.Exhausted exhausted) {
                throw UnreadableException.exhausted(exhausted.reason()); // there may be an init all the same
            }
            if (answer instanceof InitAnswer.Candidate candidate) {
                HeldProcess init = verified(way, namespace, candidate.pid(), reasons);
                if (init != null) {
                    return new FoundInit(new Init.Known(init.pid(), way.way()), init);
                }
            } else {
                append(reasons, way, describe(answer));
                // a living init that can be seen is known to every ioctl: what one denies, no scan will find
                if (answer instanceof InitAnswer.Nobody) {
                    break;
                }
            }
        }
        return new FoundInit(new Init.None(reasons.toString()), null);
    }

    private @Nullable HeldProcess verified(
            InitLookup way, OpenNamespace namespace, long candidate, StringBuilder reasons) throws UnreadableException {
        try {
            HeldProcess init = verifier.hold(candidate, namespace, way);
            if (steps.wanted()) {
                steps.note(
                        "verify " + init.pid(),
                        "alive, in " + namespace.id() + ", held by " + init.guard()
                                + (init.pid() == candidate ? "" : "; " + candidate + " is a thread of it"));
            }
            return init;
        } catch (UnreadableException e) {
            if (e.kind() == UnreadableException.Kind.EXHAUSTED) {
                throw e;
            }
            if (steps.wanted()) {
                steps.note("verify " + candidate, "no: " + e.reason());
            }
            append(reasons, way, "named " + candidate + ", but " + e.reason());
            if (way == scan) {
                scan.forget(namespace.id());
            }
            return null;
        }
    }

    private void note(InitLookup way, OpenNamespace namespace, InitAnswer answer) {
        if (steps.wanted()) {
            steps.note(way.way().text() + " on " + namespace.id(), describe(answer));
        }
    }

    private static void append(StringBuilder reasons, InitLookup way, String reason) {
        reasons.append(reasons.isEmpty() ? "" : "; ")
                .append(way.way().text())
                .append(": ")
                .append(reason);
    }

    private static String describe(InitAnswer answer) {
        if (answer instanceof InitAnswer.Candidate candidate) {
            return Long.toString(candidate.pid());
        }
        if (answer instanceof InitAnswer.Nobody nobody) {
            return nobody.reason();
        }
        if (answer instanceof InitAnswer.Refused refused) {
            return refused.reason();
        }
        if (answer instanceof InitAnswer.Exhausted exhausted) {
            return exhausted.reason();
        }
        return ((InitAnswer.Unsupported) answer).reason();
    }
}
