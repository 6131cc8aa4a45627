// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.List;

/**
 * What {@code /proc/self/limits} allows.
 *
 * <pre>
 * Limit                     Soft Limit           Hard Limit           Units
 * Max open files            1024                 524288               files
 *                           (1)
 * </pre>
 *
 * @param openFiles (1) how many descriptors the process may have open; {@link Long#MAX_VALUE} where the line says unlimited
 */
public record ProcLimits(long openFiles) {
    private static final String OPEN_FILES = "Max open files";
    /** INR_OPEN_CUR of include/uapi/linux/fs.h: as many as the kernel gives a process that nobody has set it for. */
    private static final ProcLimits USUAL = new ProcLimits(1024);

    /** Those of this JVM; where they cannot be read, the usual ones. */
    public static ProcLimits ofThisProcess(ProcFs procFs) {
        return of(procFs.readSelf("limits"));
    }

    /**
     * Those in such a file; where it cannot be read, the usual ones: there may be no descriptor left to read it with, which is
     * where the fewest may be taken.
     */
    public static ProcLimits of(ProcText limits) {
        try {
            return parse(limits.linesOrNone());
        } catch (ProcFormatException e) {
            return USUAL;
        }
    }

    /**
     * Reads the lines.
     *
     * @throws ProcFormatException if the line is missing or has no number
     */
    public static ProcLimits parse(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(OPEN_FILES)) {
                String soft = line.substring(OPEN_FILES.length()).strip().split(" ", 2)[0];
                return new ProcLimits(soft.equals("unlimited") ? Long.MAX_VALUE : number(soft, line));
            }
        }
        throw new ProcFormatException("a process's limits without open files", lines.isEmpty() ? "" : lines.get(0));
    }

    private static long number(String text, String line) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProcFormatException("a process's limits with a number expected", line);
        }
    }
}
