// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentThreadTest {
    private static final int LIMIT = 100;

    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final AgentThread thread = new AgentThread(LIMIT, failures::add);

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void whatIsQueuedByManyIsDoneOnceEach() throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger queued = new AtomicInteger();
        thread.start();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread caller = new Thread(() -> {
                for (int j = 0; j < 5000; j++) {
                    queued.addAndGet(thread.offer(done::incrementAndGet) ? 1 : 0);
                }
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        long dropped = thread.dropped();

        awaitAll();

        assertThat(done).hasValue(queued.get());
        assertThat(dropped).isEqualTo(8 * 5000 - queued.get());
        assertThat(thread.waiting()).isZero();
    }

    /** For want of memory, as a rule; what is counted as waiting for good would leave no room in the end. */
    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void whatCannotBeQueuedDoesNotWait() {
        Runnable none = null;
        FoundProcesses found = new FoundProcesses(resolution -> {});

        assertThatThrownBy(() -> thread.offer(none)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> thread.always(none)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> found.add(null)).isInstanceOf(NullPointerException.class);

        assertThat(thread.waiting()).isZero();
        assertThat(found.isEmpty()).isTrue();
    }

    @Test
    void itGoesOnWhereAFailureCannotEvenBeTold() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (AgentThread mute = new AgentThread(LIMIT, failure -> {
            throw new IllegalStateException("planted", failure);
        })) {
            mute.start();
            mute.execute(() -> {
                throw new LinkageError("planted");
            });
            mute.execute(done::countDown);

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Each is queued when the thread is about to rest or rests, as a lost wake-up would show. */
    @Test
    void itWakesForEachThing() throws Exception {
        thread.start();
        for (int i = 0; i < 2000; i++) {
            awaitAll();
        }

        assertThat(failures).isEmpty();
    }

    /** To wake it takes a lock of its own that it holds while it wakes up, perhaps without a CPU. */
    @Test
    void whileItIsBeingWokenNobodyElseWakesIt() throws Exception {
        AtomicInteger woken = new AtomicInteger();
        AtomicBoolean counting = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(50);
        AtomicReference<Thread> one = new AtomicReference<>();
        try (AgentThread slow = new AgentThread(LIMIT, failures::add, thread -> {
            if (counting.get()) {
                woken.incrementAndGet();
            } else {
                LockSupport.unpark(thread);
            }
        })) {
            slow.start();
            slow.execute(() -> {
                one.set(Thread.currentThread());
                begun.countDown();
            });
            begun.await();
            while (one.get().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            counting.set(true);

            for (int i = 0; i < 50; i++) {
                slow.execute(done::countDown);
            }

            assertThat(woken).hasValue(1);
            assertThat(done.getCount()).isEqualTo(50);
            LockSupport.unpark(one.get());
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void beyondTheLimitThingsAreDroppedAndCounted() {
        for (int i = 0; i < LIMIT + 3; i++) {
            thread.execute(() -> {});
        }

        assertThat(thread.waiting()).isEqualTo(LIMIT);
        assertThat(thread.dropped()).isEqualTo(3);
    }

    @Test
    void itGoesOnAfterAFailureAndAnInterrupt() throws Exception {
        thread.start();
        thread.execute(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("planted");
        });

        awaitAll();
        awaitAll();

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("planted"));
    }

    @Test
    void whatIsRepeatedComesAgainAndSoonerIfItIsTold() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        thread.start();
        thread.execute(() -> thread.repeat(() -> {
            twice.countDown();
            return Duration.ofHours(1);
        }));

        awaitAll();
        thread.execute(() -> thread.comeBackIn(1));

        assertThat(twice.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatMayNotBeDroppedIsDoneHoweverMuchWaits() throws Exception {
        for (int i = 0; i < 2 * LIMIT; i++) {
            thread.execute(() -> {});
        }
        CountDownLatch done = new CountDownLatch(1);
        thread.always(done::countDown);

        thread.start();

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        awaitAll();
        assertThat(thread.waiting()).isZero();
    }

    private void awaitAll() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        while (!thread.offer(done::countDown)) {
            Thread.onSpinWait();
        }

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
