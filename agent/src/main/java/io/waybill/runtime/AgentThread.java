// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread of the agent: a bounded queue of things to do, and one thing to do every period. */
final class AgentThread implements Executor, AutoCloseable {
    static final String NAME = "waybill";

    private final BlockingQueue<Runnable> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Consumer<Throwable> failures;
    private final Thread thread;
    private volatile long periodNanos = Long.MAX_VALUE;
    private volatile Runnable everyPeriod = () -> {};
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
        this.thread = new Thread(null, this::run, NAME, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From now on does this at the end of every period; the first time at once. Called in this thread. */
    void repeat(Duration period, Runnable action) {
        everyPeriod = action;
        periodNanos = period.toNanos();
    }

    /** Whether the caller runs in it. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Queues something; drops and counts it if the queue is full. Never waits. */
    @Override
    public void execute(Runnable action) {
        if (!queue.offer(action)) {
            dropped.incrementAndGet();
        }
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
        long last = 0;
        boolean began = false;
        while (!ended) {
            try {
                Runnable next = began && periodNanos != Long.MAX_VALUE
                        ? queue.poll(last + periodNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
                        : poll();
                if (next != null) {
                    next.run();
                }
                boolean due = periodNanos != Long.MAX_VALUE && (!began || System.nanoTime() - last >= periodNanos);
                if (due && !ended) {
                    began = true;
                    last = System.nanoTime();
                    everyPeriod.run();
                }
            } catch (InterruptedException e) {
                failures.accept(e); // nobody interrupts it but a mistake: go on
            } catch (Throwable t) {
                failures.accept(t);
            }
        }
    }

    private @Nullable Runnable poll() throws InterruptedException {
        return queue.take();
    }
}
