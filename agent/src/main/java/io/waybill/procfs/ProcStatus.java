// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The lines of {@code /proc/PID/status} that tell who a process is.
 *
 * <pre>
 * Name:   sleep
 * State:  S (sleeping)
 * Tgid:   4711
 * PPid:   4690
 * NSpid:  4711    12      1
 *         (1)     (2)     (3)
 * </pre>
 *
 * (1) in the pid namespace of the procfs mount that was read; (3) in the innermost one, where this process is the init.
 * {@code NSpid} is there since Linux 4.1.
 *
 * @param name the command name, with the kernel's escapes of newline and backslash
 * @param state the letter of the state, {@code Z} for a zombie
 * @param tgid the process id of the thread group
 * @param parentPid the parent's process id; 0 if it is not visible in the procfs mount
 * @param nsPids the process id in each namespace, from that of the procfs mount inwards; empty before Linux 4.1
 */
public record ProcStatus(String name, char state, long tgid, long parentPid, List<Long> nsPids) {
    /** Copies the list. */
    public ProcStatus {
        nsPids = List.copyOf(nsPids);
    }

    /** Whether it is a zombie, or a process whose leader thread has ended while others run. */
    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }

    /** Its process id in the innermost namespace. */
    public long pidInside() {
        return nsPids.isEmpty() ? tgid : nsPids.get(nsPids.size() - 1);
    }

    /**
     * Reads the lines.
     *
     * @throws ProcFormatException if a line is not as the kernel writes it, or one of Name, State and Tgid is missing
     */
    public static ProcStatus parse(List<String> lines) {
        String name = "";
        char state = 0;
        long tgid = 0;
        long parentPid = 0;
        List<Long> nsPids = List.of();
        for (String line : lines) {
            if (line.startsWith("Name:")) {
                name = value(line);
            } else if (line.startsWith("State:")) {
                String value = value(line);
                state = value.isEmpty() ? 0 : value.charAt(0);
            } else if (line.startsWith("Tgid:")) {
                tgid = number(value(line), line);
            } else if (line.startsWith("PPid:")) {
                parentPid = number(value(line), line);
            } else if (line.startsWith("NSpid:")) {
                nsPids = numbers(value(line), line);
                break; // what stands below it is of no use here
            }
        }
        if (tgid == 0 || state == 0) {
            throw new ProcFormatException(
                    "a process's status without Tgid or State", lines.isEmpty() ? "" : lines.get(0));
        }
        return new ProcStatus(name, state, tgid, parentPid, nsPids);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static List<Long> numbers(String value, String line) {
        List<Long> numbers = new ArrayList<>(3);
        StringTokenizer words = new StringTokenizer(value);
        do {
            numbers.add(number(words.hasMoreTokens() ? words.nextToken() : "", line));
        } while (words.hasMoreTokens());
        return numbers;
    }

    private static long number(String value, String line) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ProcFormatException("a process's status with a number expected", line);
        }
    }
}
