// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.procfs.ProcText;
import java.util.Locale;

/**
 * How many descriptors the agent may hold of those that the process has. They are the application's: where these are few,
 * fewer processes are remembered than by default.
 *
 * <pre>
 * Limit                     Soft Limit           Hard Limit           Units
 * Max open files            1024                 4096                 files
 *                           (1)
 * (1) what open goes by; the JVM has raised it to the hard limit by then, unless told not to
 * </pre>
 */
final class DescriptorShare {
    private static final String LINE = "Max open files";

    /** Processes and inits are held, up to this share each. */
    private static final int SHARE = 16;

    private static final int LEAST = 16;

    private DescriptorShare() {}

    /**
     * What to hold of each kind.
     *
     * @param settings tell how many are wanted; what the user sets is not lessened
     * @param limits the content of {@code /proc/self/limits}
     */
    static int of(Settings settings, ProcText limits) {
        int wanted = settings.number(Setting.REMEMBER);
        boolean isDefault = settings.text(Setting.REMEMBER).equals(Setting.REMEMBER.fallback());
        return isDefault ? (int) Math.max(LEAST, Math.min(wanted, openFiles(limits) / SHARE)) : wanted;
    }

    private static long openFiles(ProcText limits) {
        for (String line : limits.linesOrNone()) {
            if (line.startsWith(LINE)) {
                String soft = line.substring(LINE.length()).strip().split(" ", 2)[0];
                return Setting.number(soft.toLowerCase(Locale.ROOT)).orElse(Long.MAX_VALUE);
            }
        }
        return Long.MAX_VALUE;
    }
}
