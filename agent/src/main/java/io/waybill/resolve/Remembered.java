// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.SharedProcess;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer given before, and the process that it depends on, held. */
final class Remembered {
    /** How long a refusal is given before the kernel is asked again: rights may be other ones by then. */
    private static final long REFUSED = TimeUnit.MINUTES.toNanos(1);

    private final long pid;
    private final long since;
    private final SharedProcess process;
    private final Resolution resolution;
    private volatile Named named;
    /** Who tells of its end; null where nobody does. */
    private volatile @Nullable ProcessEnds teller;

    private boolean used;

    /** The next one in the chain of the cache's table. */
    volatile @Nullable Remembered next;

    Remembered(HeldProcess process, Resolution resolution, KnownNames names) {
        this.pid = process.pid();
        this.since = names.now();
        this.process = new SharedProcess(process);
        this.resolution = resolution;
        this.named = name(names);
    }

    long pid() {
        return pid;
    }

    /**
     * The answer, with the container's names as far as they are known by now; null if the process has ended, or the answer
     * is a refusal of some time ago.
     *
     * @param ends tells of ends now; null where nobody does
     */
    @Nullable
    Answer answer(KnownNames names, @Nullable ProcessEnds ends) {
        if (!isAlive(ends) || (resolution instanceof Resolution.Refused && names.now() - since > REFUSED)) {
            return null;
        }
        if (!used) {
            used = true;
        }
        Named given = named;
        if (given.version() != names.version()) {
            given = name(names);
            named = given;
        }
        return given.answer();
    }

    /**
     * Whether the process lives: the kernel is asked, unless it tells of the end by itself.
     *
     * @param ends tells of ends now; null where nobody does
     */
    boolean isAlive(@Nullable ProcessEnds ends) {
        return (ends != null && teller == ends) ? !isLetGo() : !hasEnded();
    }

    /** Asks the kernel whether the process has ended. */
    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Lets the kernel tell of the end, if it can. */
    void watch(ProcessEnds ends) {
        if (process.watch(ends)) {
            teller = ends;
        }
    }

    /** Whether somebody got the answer since this was asked last. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    boolean isLetGo() {
        return process.isLetGo();
    }

    /** Lets go of the process; to be called once. */
    void letGo() {
        process.letGo();
    }

    private Named name(KnownNames names) {
        int version = names.version();
        return new Named(version, new Answer(names.applyTo(resolution), true));
    }

    /** The answer, and what was known of names when it was made. */
    private record Named(int version, Answer answer) {}
}
