// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Identity;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a container's names.
 *
 * @param start when the key's process started; 0 where the key needs none
 * @param found what was found before anything was read, if it is to be read again; null if it need not be
 * @param read when it was read, in that case, by the clock that was given
 * @param pause for how long nothing is read again then, in nanoseconds
 * @param beingMade whether the init was its runtime then
 */
record KnownName(Identity identity, long start, @Nullable Identity found, long read, long pause, boolean beingMade) {
    /** Of a container that its runtime may be about to write down. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where something could not be read; three times as long after each further time. */
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(2);

    /** So that the eighth time is the last, within two hours. */
    private static final long LONGEST_PAUSE = TimeUnit.HOURS.toNanos(2);

    static KnownName forGood(Identity identity, long start) {
        return new KnownName(identity, start, null, 0, 0, false);
    }

    static KnownName forNow(Identity identity, long start, Identity found, long now, boolean beingMade) {
        return new KnownName(identity, start, found, now, PATIENCE, beingMade);
    }

    /**
     * Something could not be read.
     *
     * @param before what was known until now; null if nothing
     */
    static KnownName untilRead(Identity identity, long start, Identity found, long now, @Nullable KnownName before) {
        long pause = before == null || !before.isUnread() ? FIRST_PAUSE : 3 * before.pause;
        return pause > LONGEST_PAUSE
                ? forGood(identity, start)
                : new KnownName(identity, start, found, now, pause, false);
    }

    /** Whether something of it could not be read, and is to be read again. */
    boolean isUnread() {
        return found != null && pause >= FIRST_PAUSE;
    }

    /** Whether it is to be read again, and has been left alone for long enough. */
    boolean isDue(long now) {
        return found != null && now - read > pause;
    }

    /**
     * Whether it is time to read it again.
     *
     * @param last whether nobody will ask again, as for a process that has settled
     * @param stillBeingMade whether the container's init still is its runtime; when that is over, all has been written
     */
    boolean isToBeRead(long now, boolean last, boolean stillBeingMade) {
        boolean awaited = found != null && !isUnread() && (last || (beingMade && !stillBeingMade));
        return awaited || isDue(now);
    }
}
