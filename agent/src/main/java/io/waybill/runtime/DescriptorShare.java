// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.procfs.ProcLimits;
import io.waybill.procfs.ProcText;

/**
 * How many descriptors the agent may hold of those that the process has. They are the application's: where these are few,
 * fewer processes are remembered than by default. What counts is the soft limit, which the JVM has raised to the hard one by
 * then, unless told not to.
 */
final class DescriptorShare {
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
        return isDefault
                ? (int) Math.max(LEAST, Math.min(wanted, ProcLimits.of(limits).openFiles() / SHARE))
                : wanted;
    }
}
