// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Resolution;
import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The agent's thread stands still before each of its system calls in turn, as if it had no CPU: the application's thread has
 * its answers all the same, for processes that are met for the first time, and in tables that are full.
 */
class NobodyWaitsTest {
    private static final int HELD = 1;
    private static final int MOST_STEPS = 120;
    private static final long LONGEST_SECONDS = 20;

    private final List<Farm> farms = new ArrayList<>();
    private final List<String> waited = new ArrayList<>();
    private NamespaceResolver namespaces;
    private ContainerResolver resolver;
    private @Nullable ProcessEnds ends;
    private volatile @Nullable Stand stand;

    enum Way {
        IOCTL,
        /** The kernel is asked to tell of the end of each process that is kept. */
        WATCHED,
        /** All of /proc is read for the init. */
        WITHOUT_IOCTL
    }

    @BeforeEach
    void open() throws Exception {
        for (int i = 0; i < 3; i++) {
            farms.add(Farm.open());
        }
    }

    @AfterEach
    void close() throws Exception {
        if (resolver != null) {
            resolver.close();
            namespaces.close();
        }
        if (ends != null) {
            ends.close();
        }
        for (Farm farm : farms) {
            farm.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationsThreadHasItsAnswerWhileTheAgentsStands(Way way) throws Exception {
        wire(way);

        int steps = 0;
        while (steps < MOST_STEPS && standsAt(steps)) {
            steps++;
        }

        assertThat(waited).isEmpty();
        assertThat(steps).isGreaterThan(20);
    }

    /** Whether the agent's thread has so many steps; meanwhile the application's asks. */
    private boolean standsAt(int step) throws InterruptedException {
        Farm.Made ended = farms.get(0).make();
        resolver.resolve(ended.init());
        farms.get(0).tell("end");
        Farm.Made agents = farms.get(1).make();
        Farm.Made applications = farms.get(2).make();
        Stand now = new Stand(step, () -> {
            resolver.resolve(agents.child());
            resolver.resolve(agents.init());
            resolver.resolve(ended.init());
            resolver.sweep();
        });
        stand = now;
        now.agent.start();
        boolean stands = now.isReached();
        if (stands) {
            Thread application = new Thread(() -> {
                for (long pid : new long[] {applications.child(), applications.init(), agents.child(), ended.init()}) {
                    Resolution answer = resolver.resolve(pid);
                    boolean right = answer instanceof Resolution.Gone == (pid == ended.init());
                    if (!right) {
                        waited.add("at step " + step + ": " + answer);
                    }
                }
            });
            application.start();
            application.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            if (application.isAlive()) {
                waited.add("at step " + step + ": " + Arrays.toString(application.getStackTrace()));
            }
            now.goOn.countDown();
            application.join();
        }
        now.agent.join();
        farms.get(1).tell("end");
        farms.get(2).tell("end");
        return stands && waited.isEmpty();
    }

    private void step() {
        Stand now = stand;
        if (now != null) {
            now.step();
        }
    }

    private void wire(Way way) throws Exception {
        Linux linux = way == Way.WITHOUT_IOCTL ? HookedLinux.withoutIoctl(this::step) : HookedLinux.of(this::step);
        ProcFs procFs = ProcFs.mounted().readBy(new KernelFiles(linux));
        namespaces = NamespaceResolver.over(linux, procFs, HELD, StepLog.NONE);
        resolver = SettledResolver.over(namespaces, procFs, HELD);
        if (way == Way.WATCHED) {
            ends = linux.watchEnds();
            resolver.watch(ends);
        }
    }

    /** One turn of the agent's thread, which stands still before one of its system calls. */
    private static final class Stand {
        final CountDownLatch goOn = new CountDownLatch(1);
        final Thread agent;
        private final CountDownLatch reachedOrOver = new CountDownLatch(1);
        private int left;
        private volatile boolean reached;

        Stand(int step, Runnable turn) {
            this.left = step;
            this.agent = new Thread(() -> {
                try {
                    turn.run();
                } finally {
                    reachedOrOver.countDown();
                }
            });
        }

        /** Waits until it stands; false if it is through before. */
        boolean isReached() throws InterruptedException {
            reachedOrOver.await();
            return reached;
        }

        void step() {
            if (Thread.currentThread() == agent && left-- == 0) {
                reached = true;
                reachedOrOver.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
