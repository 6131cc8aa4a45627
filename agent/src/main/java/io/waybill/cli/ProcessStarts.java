// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast processes and threads start on this machine, by the kernel's account in {@code /proc/stat}.
 *
 * <pre>
 * processes 1503377
 *           (1)
 * (1) processes and threads that were made since the machine was booted
 * </pre>
 */
record ProcessStarts(long made, long nanos) {
    /** Of these an agent looks at about a thousand a second within its tenth of a core, if each executes a program. */
    private static final long MANY = 1000;

    static ProcessStarts untilNow(ProcFs procFs) {
        return new ProcessStarts(parse(procFs.readFile("stat").linesOrNone()), System.nanoTime());
    }

    static long parse(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("processes "))
                .mapToLong(line ->
                        Long.parseLong(line.substring("processes ".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    /** What doctor says of the time from this to a later account. */
    Finding until(ProcessStarts later) {
        long rate = (later.made - made) * TimeUnit.SECONDS.toNanos(1) / Math.max(1, later.nanos - nanos);
        return new Finding(
                "Machine",
                "processes and threads started",
                "about " + rate + " a second",
                rate < MANY
                        ? ""
                        : "an agent spends a tenth of a core on their events and puts off the rest, so containers that live"
                                + " less than a period are missed (PutOff and Lost of io.waybill:type=Resolver; report"
                                + " notes it); looks have a tenth of their own, so a shorter period finds more");
    }
}
