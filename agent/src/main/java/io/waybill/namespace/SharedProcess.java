// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.ProcessEnds;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A held process that any thread may ask about while another lets go of it, without a lock.
 *
 * <p>Who asks the kernel about the process is its user for that long: its descriptor, closed meanwhile, could mean
 * another file. It is closed by the last user after it was let go.
 */
public final class SharedProcess {
    private static final int LET_GO = 1 << 30;

    /** Instead of an object for each count: there are two for each container. */
    private static final AtomicIntegerFieldUpdater<SharedProcess> USERS =
            AtomicIntegerFieldUpdater.newUpdater(SharedProcess.class, "users");

    private final HeldProcess process;
    private volatile int users;

    /** Shares a process, which nobody else closes from now on. */
    public SharedProcess(HeldProcess process) {
        this.process = process;
    }

    /** Whether it lives, by the kernel; not once it was let go. */
    public boolean isAlive() {
        try {
            return use() && process.isAlive();
        } finally {
            release();
        }
    }

    /** Lets the kernel tell of its end; whether it will. */
    public boolean watch(ProcessEnds ends) {
        try {
            return use() && process.watch(ends);
        } finally {
            release();
        }
    }

    /** Whether nothing is known of it any more. */
    public boolean isLetGo() {
        return users >= LET_GO;
    }

    /** Lets go of it; to be called once. */
    public void letGo() {
        closeIfUnused(USERS.addAndGet(this, LET_GO));
    }

    private boolean use() {
        return USERS.incrementAndGet(this) < LET_GO;
    }

    private void release() {
        closeIfUnused(USERS.decrementAndGet(this));
    }

    private void closeIfUnused(int count) {
        if (count == LET_GO) {
            process.close();
        }
    }
}
