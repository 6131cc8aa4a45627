// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

/**
 * What {@code /proc/PID/stat} tells of a process's life.
 *
 * <pre>
 * 4711 (a (strange) name) S 4690 4711 4690 0 -1 4194304 …  1234567 …
 * (1)  (2)                (3) (4)              (9)         (22)
 * </pre>
 *
 * The command name (2) may hold anything, parentheses and blanks too: what follows begins after the last parenthesis.
 *
 * @param state (3) the letter of the state, {@code Z} for a zombie
 * @param flags (9) {@code PF_*} of include/linux/sched.h
 * @param startTicks (22) when it started, in ticks of 1/100 s since the machine was booted
 */
public record ProcStat(char state, long flags, long startTicks) {
    /** USER_HZ, by which the kernel counts for user space; 100 on every architecture of Waybill's. */
    public static final int TICKS_PER_SECOND = 100;

    /** include/linux/sched.h, 6.12. */
    private static final int PF_EXITING = 4;

    private static final int STATE = 3;
    private static final int FLAGS = 9;
    private static final int START_TIME = 22;

    /** Whether the thread, a process's leader as a rule, has begun to end. */
    public boolean isEnding() {
        return (flags & PF_EXITING) != 0;
    }

    /**
     * Reads the line.
     *
     * @throws ProcFormatException if it is not as the kernel writes it
     */
    public static ProcStat parse(String line) {
        int end = line.lastIndexOf(") ");
        if (end < 0) {
            throw new ProcFormatException("a process's stat without a command name", line);
        }
        String[] fields = line.substring(end + 2).split(" ", START_TIME);
        try {
            return new ProcStat(
                    fields[0].charAt(0),
                    Long.parseLong(fields[FLAGS - STATE]),
                    Long.parseLong(fields[START_TIME - STATE]));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ProcFormatException("a process's stat without a start time", line);
        }
    }
}
