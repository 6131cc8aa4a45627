// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NativeAccessException;
import io.waybill.testing.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of the cgroup tree, on folders of a disk: the kernel tells of them in the same way. */
class CgroupTreeTest {
    /** What an event takes of a core, by the clock of the reader's budget: a hundredth of what is saved up. */
    private static final long COST = TimeUnit.MILLISECONDS.toNanos(10);

    /** PATH_MAX of include/uapi/linux/limits.h, less the zero at its end. */
    private static final int LONGEST_PATH = 4095;

    /** In bytes, as with {@code -Xss160k}; with frames that are compiled, twice as much holds a tree this deep. */
    private static final int SMALL_STACK = 160 * 1024;

    private final long begin = System.nanoTime();
    private final AtomicLong cost = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Budget budget = new Budget(this::cpuNanos, complaints::add, "too much");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger looksAfterTheLoss = new AtomicInteger();
    private AutoCloseable tree;

    @TempDir(factory = MemoryFolder.class)
    private Path root;

    @AfterEach
    void close() throws Exception {
        goOn.countDown();
        tree.close();
    }

    @Test
    void whatWasMadeWhileTheKernelDroppedEventsIsLookedForAndWatched() throws Exception {
        begin(this::lookOnceLetGo);
        make("first");
        stopped.await();
        for (int i = 0; i <= queueLength(); i++) {
            Files.delete(make("short-lived-" + i));
        }
        make("pod");

        goOn.countDown();
        await(() -> looksAfterTheLoss.get() > 0);
        assertThat(budget.losses()).isEqualTo(1);
        int before = told.get();
        make("pod/container");

        await(() -> told.get() > before);
        assertThat(complaints).isEmpty();
    }

    @Test
    void itsReaderRestsWhenItsBudgetIsSpent() throws Exception {
        begin(() -> {});
        cost.set(COST);
        for (int i = 0; i < 2000; i++) {
            Files.delete(make("short-lived-" + i));
        }

        await(() -> !complaints.isEmpty());
        long spent = told.get() * COST;
        long allowed = TimeUnit.SECONDS.toNanos(1) + (System.nanoTime() - begin) / 10;

        assertThat(spent).isBetween(TimeUnit.SECONDS.toNanos(1), allowed + 2 * COST);
        assertThat(complaints).containsExactly("too much");
    }

    /** Whoever may make groups makes them in each other as he likes; and an application may want small stacks. */
    @Test
    void aTreeAsDeepAsAPathIsLongIsWatchedToItsEnd() throws Exception {
        String below = "x" + "/x".repeat((LONGEST_PATH - root.toString().length()) / 2 - 2);
        Path deepest = Files.createDirectories(root.resolve(below));
        try {
            Thread begin = new Thread(null, () -> begin(() -> {}), "small", SMALL_STACK);
            begin.start();
            begin.join();
            make(below + "/y");

            await(() -> told.get() > 0);
            assertThat(complaints).isEmpty();
        } finally {
            Files.deleteIfExists(deepest.resolve("y"));
            for (Path folder = deepest; !folder.equals(root); folder = folder.getParent()) {
                Files.delete(folder);
            }
        }
    }

    private void begin(Runnable scan) {
        try {
            tree = CgroupTree.begin(Linux.load().watchFolders(), List.of(root), scan, budget, complaints::add);
        } catch (LinuxException | NativeAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reader's clock, which it looks at once for each event. */
    private long cpuNanos() {
        told.incrementAndGet();
        return cpu.addAndGet(cost.get());
    }

    /** In the reading thread. */
    private void lookOnceLetGo() {
        stopped.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (budget.losses() > 0) {
            looksAfterTheLoss.incrementAndGet();
        }
    }

    private Path make(String name) throws IOException {
        return Files.createDirectory(root.resolve(name));
    }

    private static int queueLength() throws IOException {
        return Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .get(0));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
