// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of the agent: a bounded queue of things to do, and one thing to do now and then.
 *
 * <p>The queue has no lock: whoever held it could be without a CPU for a while, and an application's thread would wait. The
 * JDK's way to wake a thread has one, which that thread holds when it wakes up (os_posix.cpp, Parker), so it is woken by the
 * one that finds it at rest, and by nobody else until it rests again.
 */
final class AgentThread implements Executor, AutoCloseable {
    private static final long SHORTEST_NANOS = 1_000_000_000;

    private final int limit;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Consumer<Throwable> failures;
    private final Thread thread;
    private volatile @Nullable Supplier<Duration> repeated;
    private long due;
    private volatile boolean ended;
    /** Whether the thread rests, or is about to, and nobody has woken it yet. */
    private final AtomicBoolean resting = new AtomicBoolean();

    private final Consumer<Thread> waker;

    /**
     * Makes it, not running yet.
     *
     * @param limit how many things wait at most
     * @param failures is told what a thing to do throws
     */
    AgentThread(int limit, Consumer<Throwable> failures) {
        this(limit, failures, LockSupport::unpark);
    }

    AgentThread(int limit, Consumer<Throwable> failures, Consumer<Thread> waker) {
        this.limit = limit;
        this.failures = failures;
        this.waker = waker;
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
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            drop();
            return false;
        }
        add(action);
        return true;
    }

    /** Queues something however much waits: what is rare, and would be missed for long. */
    void always(Runnable action) {
        waiting.incrementAndGet();
        add(action);
    }

    private void add(Runnable action) {
        try {
            queue.add(action);
        } catch (RuntimeException | Error e) { // for want of memory
            waiting.decrementAndGet();
            throw e;
        }
        if (resting.get() && resting.compareAndSet(true, false)) {
            waker.accept(thread);
        }
    }

    /** Counts something that is not queued, since too much is held for what waits. */
    void drop() {
        dropped.incrementAndGet();
    }

    long dropped() {
        return dropped.get();
    }

    int waiting() {
        return waiting.get();
    }

    /** Ends it, and waits a little for what it is doing. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
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
                Runnable next = next();
                if (next != null) {
                    next.run();
                }
                if (!ended && isDue()) {
                    repeat();
                }
            } catch (Throwable t) {
                tell(t);
            }
        }
    }

    /** What was queued first; null if what is repeated is due, or the end has come. */
    private @Nullable Runnable next() {
        Runnable next = queue.poll();
        while (next == null && !ended && !isDue()) {
            resting.set(true);
            next = queue.poll(); // whoever queued it may have seen the thread awake
            if (next == null) {
                rest();
            }
            resting.set(false);
        }
        if (next != null) {
            waiting.decrementAndGet();
        }
        return ended ? null : next;
    }

    private void rest() {
        if (repeated == null) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, due - System.nanoTime());
        }
        // nobody interrupts it but by mistake, and an interrupted thread does not rest
        Thread.interrupted();
    }

    private boolean isDue() {
        return repeated != null && System.nanoTime() - due >= 0;
    }

    private void repeat() {
        Supplier<Duration> action = repeated;
        if (action != null) {
            due = System.nanoTime() + SHORTEST_NANOS; // should it throw
            due = System.nanoTime() + action.get().toNanos();
        }
    }

    private void tell(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable e) {
            return; // there is no memory to tell it with either, or it cannot be printed
        }
    }
}
