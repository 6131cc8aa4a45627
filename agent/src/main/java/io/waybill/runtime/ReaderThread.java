// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.function.Consumer;

/** A thread that reads what the kernel tells, or waits, without which the agent goes on. */
final class ReaderThread {
    /** How the agent goes on without one that would tell it of containers. */
    static final String BY_PERIOD_ONLY = "containers are found every period only";

    private ReaderThread() {}

    /**
     * Starts it; where the JVM can have no more threads, undoes what was begun and tells.
     *
     * @param purpose what it is for, to be told where it cannot be had
     * @param otherwise how the agent goes on then
     * @param undo closes what it was to read, or forgets the thread
     */
    static void start(Thread thread, String purpose, String otherwise, Runnable undo, Consumer<String> complaints) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            undo.run();
            complaints.accept("no thread for " + purpose + " (" + e.getMessage() + "); " + otherwise);
        }
    }

    /** Tells of what went wrong about one event; what is missed in it the next look at all processes finds. */
    static void tell(Throwable failure, Consumer<String> complaints) {
        try {
            complaints.accept("an error in the agent, which goes on: " + failure);
        } catch (VirtualMachineError e) {
            return; // there is no memory to tell it with either
        }
    }
}
