// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Init;
import io.waybill.api.Resolution;
import org.jspecify.annotations.Nullable;

/** What happens to a namespace in the midst of a resolution, and which answers are true then. */
enum Fault {
    /** Init is killed and reaped, and everything in the namespace with it. */
    KILL,
    /** Init is killed, and stays a zombie. */
    ZOMBIE,
    /** Init's leader thread ends; another thread is the child reaper, and the namespace lives on. */
    LEADER,
    /** A bind mount holds the namespace open whose init is killed and reaped. */
    BIND,
    /** Init is killed and reaped, and another namespace takes over both numbers: its init is the former child. */
    SWAP;

    /** Makes it happen; what has the numbers afterwards, or null. */
    Farm.@Nullable Made happen(Farm farm, Farm.Made before) {
        if (this == SWAP) {
            return farm.swap();
        }
        farm.tell(name().toLowerCase(java.util.Locale.ROOT));
        return this == LEADER ? before : null;
    }

    /** Whether an answer was true at some moment of a look during which this happened. */
    boolean allowsDuring(Resolution answer, Farm.Made before, Farm.@Nullable Made after) {
        boolean toldBefore = isOf(answer, before);
        if (this == LEADER) {
            return toldBefore;
        }
        return toldBefore || answer instanceof Resolution.Gone || (after != null && isOf(answer, after));
    }

    /** Whether an answer is true once this has happened. */
    boolean allowsAfter(Resolution answer, Farm.@Nullable Made after) {
        return after == null ? answer instanceof Resolution.Gone : isOf(answer, after);
    }

    static boolean isOf(Resolution answer, Farm.Made made) {
        return answer instanceof Resolution.Resolved resolved
                && made.has(resolved.pid())
                && resolved.namespace().id().inode() == made.inode()
                && resolved.namespace().depth() == 1
                && (resolved.process().pidInside() == 1) == (resolved.pid() == made.init())
                && resolved.init() instanceof Init.Known init
                && init.pid() == made.init();
    }
}
