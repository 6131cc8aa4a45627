// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import io.waybill.linux.Linux;
import io.waybill.linux.NativeAccessException;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real processes, each held by a real descriptor. */
class ResolutionCacheTest {
    private static final int LIMIT = 4;

    private final Linux linux = load();
    private final NamespaceResolver namespaces = NamespaceResolver.over(linux, ProcFs.mounted(), LIMIT, StepLog.NONE);
    private final KnownNames names = new KnownNames(pid -> 1, System::nanoTime);
    private final ResolutionCache cache = new ResolutionCache(LIMIT, names);
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        cache.close();
        namespaces.close();
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void anAnswerIsGivenForAsLongAsItsProcessLives() throws Exception {
        Process process = remembered();

        assertThat(cache.get(process.pid())).isNotNull();
        process.destroyForcibly().waitFor();

        assertThat(cache.get(process.pid())).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void whatNobodyAskedForIsLetGoFirst() throws Exception {
        List<Process> first = List.of(remembered(), remembered(), remembered(), remembered());
        cache.get(first.get(0).pid());
        cache.get(first.get(2).pid());

        Process fifth = remembered();
        Process sixth = remembered();

        assertThat(cache.size()).isEqualTo(LIMIT);
        assertThat(Stream.of(first.get(0), first.get(2), fifth, sixth))
                .allSatisfy(process -> assertThat(cache.get(process.pid())).isNotNull());
        assertThat(Stream.of(first.get(1), first.get(3)))
                .allSatisfy(process -> assertThat(cache.get(process.pid())).isNull());
    }

    @Test
    void noMoreDescriptorsAreOpenThanAnswersAreKept() throws Exception {
        long before = openPidFds();
        for (int i = 0; i < 3 * LIMIT; i++) {
            remembered();
        }

        assertThat(openPidFds() - before).isEqualTo(LIMIT);
        cache.close();

        assertThat(openPidFds()).isEqualTo(before);
    }

    @Test
    void manyAnswersAreFoundInATableThatGrew() throws Exception {
        try (ResolutionCache large = new ResolutionCache(1000, names)) {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                processes.add(remembered(large));
            }

            assertThat(processes)
                    .allSatisfy(process -> assertThat(large.get(process.pid())).isNotNull());
        }
    }

    @Test
    void endedProcessesAreSweptAway() throws Exception {
        Process ended = remembered();
        Process living = remembered();
        ended.destroyForcibly().waitFor();

        cache.sweep();

        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.get(living.pid())).isNotNull();
    }

    @Test
    void aNameThatBecameKnownLaterIsInTheAnswer() throws Exception {
        Process process = remembered();
        Resolution nameless = cache.get(process.pid()).resolution();
        Identity named = new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "what a runtime wrote down", "/");
        names.put(KnownNames.keyOf(nameless).orElseThrow(), named);

        assertThat(((Resolution.Resolved) cache.get(process.pid()).resolution()).identity())
                .isEqualTo(named);
        names.forget(named, null);

        assertThat(cache.get(process.pid()).resolution()).isEqualTo(nameless);
    }

    @Test
    void theSameAnswerIsTheSameObject() throws Exception {
        Process process = remembered();

        assertThat(cache.get(process.pid())).isSameAs(cache.get(process.pid()));
    }

    @Test
    void theEndOfAWatchedProcessIsTold() throws Exception {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        ProcessEnds ends = linux.watchEnds();
        Thread reader = new Thread(() -> read(ends, told));
        reader.start();
        cache.watch(ends);
        Process process = remembered();
        assertThat(cache.get(process.pid())).isNotNull();
        process.destroyForcibly();

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(process.pid());
        assertThat(cache.get(process.pid())).isNull();
        assertThat(cache.size()).isZero();
        ends.close();
        reader.join(10_000);

        assertThat(reader.isAlive()).isFalse();
    }

    /** A descriptor that was closed under a reader would mean another process, and its life another answer. */
    @Test
    void askingWhileOthersLetGoFindsOnlyTheRightProcess() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2 * LIMIT; i++) {
            processes.add(remembered());
        }
        AtomicBoolean wrong = new AtomicBoolean();
        AtomicBoolean enough = new AtomicBoolean();
        Thread asking = new Thread(() -> {
            while (!enough.get()) {
                for (Process process : processes) {
                    Answer answer = cache.get(process.pid());
                    wrong.compareAndSet(
                            false, answer != null && answer.resolution().pid() != process.pid());
                }
            }
        });
        asking.start();
        long before = openPidFds();
        for (int i = 0; i < 20_000; i++) {
            keep(cache, processes.get(i % processes.size()).pid());
        }
        enough.set(true);
        asking.join();

        assertThat(wrong).isFalse();
        assertThat(cache.size()).isEqualTo(LIMIT);
        assertThat(openPidFds()).isEqualTo(before);
    }

    private void read(ProcessEnds ends, BlockingQueue<Long> told) {
        try {
            ends.read(pid -> {
                cache.ended(pid);
                told.add(pid);
            });
        } catch (Exception e) {
            told.add(-1L);
        }
    }

    private Process remembered() throws IOException {
        return remembered(cache);
    }

    private Process remembered(ResolutionCache into) throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        started.add(process);
        keep(into, process.pid());
        return process;
    }

    private void keep(ResolutionCache into, long pid) {
        NamespaceResolver.Hold.Held held = (NamespaceResolver.Hold.Held) namespaces.hold(pid);
        boolean kept = into.put(
                held.process(),
                new Resolution.Resolved(
                        new ObservedProcess(pid, pid, 1, "sleep", null),
                        new PidNamespace(new NamespaceId(4, 4711), null, 1, List.of(new NamespaceId(4, 1))),
                        new Init.Known(pid, InitWay.PROC_SCAN),
                        new NoContainer(NoContainer.Reason.HOST, "", "/")));
        if (!kept) {
            held.process().close();
        }
    }

    private static long openPidFds() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> target(descriptor).contains("pidfd"))
                    .count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static Linux load() {
        try {
            return Linux.load();
        } catch (NativeAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
