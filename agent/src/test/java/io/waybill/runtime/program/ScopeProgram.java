// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import io.waybill.testing.Written;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Works on behalf of two containers. Arguments: a process of the one, and one of the other. */
@SuppressWarnings("try") // scopes are for what happens meanwhile
public final class ScopeProgram {
    private static final Deque<byte[]> KEPT = new ArrayDeque<>();

    private static volatile double root;

    private ScopeProgram() {}

    public static void main(String[] arguments) throws Exception {
        long one = Long.parseLong(arguments[0]);
        long other = Long.parseLong(arguments[1]);
        awaitName(one);
        awaitName(other);
        awaitRecording(one);
        for (int i = 0; i < 10; i++) {
            try (ContainerScope scope = ContainerScope.of(one)) {
                work();
                scope.close();
            }
        }
        nest(one, other);
        endElsewhere(one);
        onNewThread("resolved", () -> {
            try (ContainerScope scope = ContainerScope.of(ProcessContainers.resolve(other))) {
                sleep();
            }
        });
        if (Runtime.version().feature() >= 21) {
            Thread virtual = (Thread) Thread.class
                    .getMethod("startVirtualThread", Runnable.class)
                    .invoke(null, (Runnable) () -> {
                        try (ContainerScope scope = ContainerScope.of(other)) {
                            sleep();
                        }
                    });
            virtual.join();
        }
        if (Runtime.version().feature() >= 25) {
            beSampled(one);
        }
        System.out.println("done");
    }

    private static void nest(long one, long other) throws Exception {
        onNewThread("nested", () -> {
            try (ContainerScope outer = ContainerScope.of(one)) {
                sleep();
                try (ContainerScope inner = ContainerScope.of(other)) {
                    sleep();
                }
                sleep();
            }
            sleep();
        });
    }

    private static void endElsewhere(long one) throws Exception {
        ContainerScope scope = ContainerScope.of(one);
        onNewThread("elsewhere", () -> {
            sleep();
            scope.close();
            scope.close();
        });
        scope.close();
    }

    /** Works until a sample of its processor time is recorded: the JVM loses some, on a busy machine most of them. */
    private static void beSampled(long pid) throws Exception {
        CompletableFuture<Instant> begun = new CompletableFuture<>();
        AtomicBoolean sampled = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    try (ContainerScope scope = ContainerScope.of(pid)) {
                        begun.complete(Instant.now());
                        double value = 1;
                        while (!sampled.get()) {
                            value = Math.sqrt(value + 1);
                        }
                        root = value;
                    }
                },
                "sampled");
        thread.start();
        Instant inside = begun.get().plusMillis(200); // the clock of the flight recorder is another one
        Written.await(
                "jdk.CPUTimeSample",
                event -> event.getThread() != null
                        && event.getThread().getJavaName().equals("sampled")
                        && event.getStartTime().isAfter(inside));
        sampled.set(true);
        thread.join();
    }

    /** Scopes are nothing until the agent noticed that a recording runs. */
    private static void awaitRecording(long pid) throws InterruptedException {
        while (ContainerScope.of(pid) instanceof Enum<?>) {
            Thread.sleep(10);
        }
    }

    /** What runc wrote down of a container is read by the agent when it has seen it. */
    private static void awaitName(long pid) throws InterruptedException {
        while (ProcessContainers.find(pid).isEmpty()) {
            Thread.sleep(10);
        }
    }

    private static void work() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(60);
        while (threads.getCurrentThreadCpuTime() < end) {
            KEPT.add(new byte[64 * 1024]);
            if (KEPT.size() > 100) {
                KEPT.remove();
            }
        }
        sleep();
        try {
            throw new IllegalStateException("thrown in a scope");
        } catch (IllegalStateException e) {
            KEPT.clear();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void onNewThread(String name, Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, name);
        thread.start();
        thread.join();
    }
}
