// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
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
 * runc:[2:INIT]
 * crun
 * </pre>
 */
final class Youth {
    private static final Duration USUAL = Duration.ofSeconds(2);
    /** Hooks take their time; bounded, since any process may call itself like a runtime. */
    private static final Duration OF_RUNTIMES = Duration.ofMinutes(1);

    private static final Pattern RUNTIMES = Pattern.compile("crun|\\w+:\\[2:INIT]");

    private Youth() {}

    static boolean isOver(Resolution resolution, Instant now) {
        ObservedProcess process = processOf(resolution);
        Instant start = process == null ? null : process.start();
        return start != null
                && start.plus(isRuntime(resolution) ? OF_RUNTIMES : USUAL).isBefore(now);
    }

    /** Whether it is an init that still is its runtime, by its name. */
    static boolean isRuntime(Resolution resolution) {
        ObservedProcess process = processOf(resolution);
        return process != null
                && process.pidInside() == 1
                && RUNTIMES.matcher(process.command()).matches();
    }

    private static @Nullable ObservedProcess processOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.process();
        }
        return resolution instanceof Resolution.Refused refused ? refused.process() : null;
    }
}
