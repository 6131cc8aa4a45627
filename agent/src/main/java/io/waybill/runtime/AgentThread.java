// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread of the agent: a bounded queue of things to do, and one thing to do now and then. */
final class AgentThread implements Executor, AutoCloseable {
    private static final long SHORTEST_NANOS = 1_000_000_000;

    private final BlockingQueue<Runnable> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Consumer<Throwable> failures;
    private final Thread thread;
    private volatile @Nullable Supplier<Duration> repeated;
    private long due;
    private volatile boolean ended;

    /**
     * Makes it, not running yet.
     *
     * @param limit how many things wait at most
     * @param failures is told what a thing to do throws
     */
    AgentThread(int limit, Consumer<Throwable> failures) {
        this.queue = new ArrayBlockingQueue<>(limit);
        this.failures = failures;
        this.thread = AgentThreads.of("agent", this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * From now on does this whenever it is due, the first time at once. Called in this thread.
     *
     * @param action answers when it is due again
     */
    void repeat(Supplier<Duration> action) {
        repeated = action;
        due = System.nanoTime();
    }

    /** What is repeated is due in so many nanoseconds, unless it is before. Called in this thread. */
    void comeBackIn(long nanos) {
        long then = System.nanoTime() + nanos;
        due = then - due < 0 ? then : due;
    }

    /** Whether the caller runs in it. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Queues something; drops and counts it if the queue is full. Never waits. */
    @Override
    public void execute(Runnable action) {
        offer(action);
    }

    /** The same; false if it was dropped. */
    boolean offer(Runnable action) {
        boolean queued = queue.offer(action);
        if (!queued) {
            dropped.incrementAndGet();
        }
        return queued;
    }

    long dropped() {
        return dropped.get();
    }

    int waiting() {
        return queue.size();
    }

    /** Ends it, and waits a little for what it is doing. */
    @Override
    public void close() {
        ended = true;
        queue.clear();
        execute(() -> {});
        try {
            if (!isCurrent()) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!ended) {
            try {
                Supplier<Duration> action = repeated;
                Runnable next =
                        action == null ? queue.take() : queue.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next != null) {
                    next.run();
                }
                if (action != null && !ended && System.nanoTime() - due >= 0) {
                    due = System.nanoTime() + SHORTEST_NANOS; // should it throw
                    due = System.nanoTime() + action.get().toNanos();
                }
            } catch (Throwable t) {
                tell(t); // an interrupt too: nobody interrupts it but by mistake
            }
        }
    }

    private void tell(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (VirtualMachineError e) {
            return; // there is no memory to tell it with either
        }
    }
}
