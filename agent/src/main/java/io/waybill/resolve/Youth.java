// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Init;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time in which what a process shows may still change. A runtime starts a process first and moves it to its cgroup
 * afterwards, and its command changes with exec: what a process this young shows is answered, but not kept.
 *
 * <p>An init that still is its runtime stays young for longer: its namespace is there, but the container may not be written
 * down, and its hooks run. Until it executes its program it is called
 *
 * <pre>
 * runc:[1:CHILD]   until it gets a CPU for the first time, by the name of the process that forked it
 * runc:[2:INIT]
 * youki:[1:INTER]
 * crun
 * </pre>
 */
record Youth(ProcessReader processes, Clock clock) {
    private static final Duration USUAL = Duration.ofSeconds(2);
    /** Hooks take their time; bounded, since any process may call itself like a runtime. */
    private static final Duration OF_RUNTIMES = Duration.ofMinutes(1);

    private static final Pattern RUNTIMES = Pattern.compile("crun|\\w+:\\[[12]:[A-Z]+]");

    /** Whether an answer holds for as long as the process lives. */
    boolean isOver(Resolution resolution) {
        return isOld(resolution) && !hasInitBeingMade(resolution);
    }

    /** The same, as far as the process itself tells. */
    boolean isOld(Resolution resolution) {
        ObservedProcess process = processOf(resolution);
        return process != null && isOver(process);
    }

    /** Whether the init of its namespace still is a runtime, about to make a container, so that there is none yet. */
    boolean isBeingMade(Resolution resolution) {
        ObservedProcess process = processOf(resolution);
        return process != null && (isYoungRuntime(process) || hasInitBeingMade(resolution));
    }

    /** For what a hook of the runtime starts in a namespace, before it is known whose that is. */
    private boolean hasInitBeingMade(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                && !resolved.namespace().isOwn()
                && resolved.container().isEmpty()
                && resolved.process().pidInside() != 1
                && resolved.init() instanceof Init.Known init
                && processes.read(init.pid()).filter(this::isYoungRuntime).isPresent();
    }

    private boolean isYoungRuntime(ObservedProcess process) {
        return isRuntime(process) && !isOver(process);
    }

    private boolean isOver(ObservedProcess process) {
        Instant start = process.start();
        return start != null
                && start.plus(isRuntime(process) ? OF_RUNTIMES : USUAL).isBefore(clock.instant());
    }

    /** Whether it is an init that still is its runtime, by its name. */
    private static boolean isRuntime(ObservedProcess process) {
        return process.pidInside() == 1 && RUNTIMES.matcher(process.command()).matches();
    }

    /** The process that an answer is about, as far as it was seen; null for an answer of another kind. */
    static @Nullable ObservedProcess processOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.process();
        }
        return resolution instanceof Resolution.Refused refused ? refused.process() : null;
    }
}
