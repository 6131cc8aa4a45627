// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;
import io.waybill.procfs.ProcStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what /proc says of a process. */
public final class ProcessReader {
    /** The kernel's own limit is 15 bytes (TASK_COMM_LEN); workers of the kernel itself show up to 63. */
    private static final int COMMAND_LIMIT = 64;

    private final ProcFs procFs;
    /** When the machine was booted; 0 as long as that could not be read. */
    private volatile long bootSeconds;

    /** Reads from a procfs that speaks this JVM's pids. */
    public ProcessReader(ProcFs procFs) {
        this.procFs = procFs;
        this.bootSeconds = bootSeconds(procFs);
    }

    /** What is known of a process; empty if it ended, or another user's process is hidden from this one. */
    public Optional<ObservedProcess> read(long pid) {
        List<String> lines = procFs.readStatus(pid).linesOrNone();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            ProcStatus status = ProcStatus.parse(lines);
            return Optional.of(new ObservedProcess(
                    pid, status.pidInside(), status.parentPid(), bounded(status.name()), startOf(pid)));
        } catch (ProcFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * An answer, unless something could not be read meanwhile for want of a descriptor or memory: that would count as not
     * there, for as long as the answer is kept.
     */
    Resolution unlessShort(Supplier<Resolution> look) {
        int shortages = procFs.files().shortages();
        Resolution seen = look.get();
        return procFs.files().shortages() == shortages || seen instanceof Resolution.Gone
                ? seen
                : new Resolution.Unanswered(
                        seen.pid(), "no descriptor or memory was left to read " + procFs.root() + " with");
    }

    /** When a process started, in ticks since the machine was booted; 0 if it ended. */
    long startTicks(long pid) {
        List<String> lines = procFs.read(pid, "stat").linesOrNone();
        try {
            return lines.isEmpty() ? 0 : ProcStat.parse(lines.get(0)).startTicks();
        } catch (ProcFormatException e) {
            return 0;
        }
    }

    private @Nullable Instant startOf(long pid) {
        long boot = bootSeconds;
        if (boot == 0) {
            boot = bootSeconds(procFs);
            bootSeconds = boot;
        }
        long ticks = boot == 0 ? 0 : startTicks(pid);
        return ticks == 0 ? null : Instant.ofEpochMilli(1000 * boot + ticks * 1000 / ProcStat.TICKS_PER_SECOND);
    }

    /** {@code btime 1764000000} of /proc/stat: when the machine was booted, in seconds since 1970. */
    private static long bootSeconds(ProcFs procFs) {
        for (String line : procFs.readFile("stat").linesOrNone()) {
            if (line.startsWith("btime ")) {
                return Long.parseLong(line.substring("btime ".length()).strip());
            }
        }
        return 0;
    }

    /** Kept once for all that are called so: the inits of most containers have one of few commands. */
    private static String bounded(String command) {
        return (command.length() > COMMAND_LIMIT ? command.substring(0, COMMAND_LIMIT) : command).intern();
    }
}
