// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An answer given before, and the process that it depends on, held.
 *
 * <p>Who asks the kernel about the process is its user for that long: its descriptor, closed meanwhile, could mean
 * another file. It is closed by the last user after it was let go.
 */
final class Remembered {
    private static final int LET_GO = 1 << 30;

    private final long pid;
    private final HeldProcess process;
    private final Resolution resolution;
    private final AtomicInteger users = new AtomicInteger();
    private volatile Named named;
    private volatile boolean watched;
    private boolean used;

    /** The next one in the chain of the cache's table. */
    volatile @Nullable Remembered next;

    Remembered(HeldProcess process, Resolution resolution, KnownNames names) {
        this.pid = process.pid();
        this.process = process;
        this.resolution = resolution;
        this.named = name(names);
    }

    long pid() {
        return pid;
    }

    /** The answer, with the container's names as far as they are known by now; null if the process has ended. */
    @Nullable
    Answer answer(KnownNames names) {
        if (!isAlive()) {
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

    /** Whether the process lives: the kernel is asked, unless it tells of the end by itself. */
    boolean isAlive() {
        return watched ? !isLetGo() : !hasEnded();
    }

    /** Asks the kernel whether the process has ended. */
    boolean hasEnded() {
        boolean ended = !use() || !process.isAlive();
        release();
        return ended;
    }

    /** Lets the kernel tell of the end, if it can. */
    void watch(ProcessEnds ends) {
        if (use()) {
            watched = process.watch(ends);
        }
        release();
    }

    /** Asks the kernel again each time. */
    void poll() {
        watched = false;
    }

    /** Whether somebody got the answer since this was asked last. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    boolean isLetGo() {
        return users.get() >= LET_GO;
    }

    /** Lets go of the process; to be called once. */
    void letGo() {
        closeIfUnused(users.addAndGet(LET_GO));
    }

    private boolean use() {
        return users.incrementAndGet() < LET_GO;
    }

    private void release() {
        closeIfUnused(users.decrementAndGet());
    }

    private void closeIfUnused(int count) {
        if (count == LET_GO) {
            process.close();
        }
    }

    private Named name(KnownNames names) {
        int version = names.version();
        return new Named(version, new Answer(names.applyTo(resolution), true));
    }

    /** The answer, and what was known of names when it was made. */
    private record Named(int version, Answer answer) {}
}
