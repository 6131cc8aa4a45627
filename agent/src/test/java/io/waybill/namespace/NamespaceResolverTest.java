// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.PidNamespace;
import io.waybill.linux.Linux;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamespaceResolverTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    enum Access {
        KERNEL,
        PROC_ALONE
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcessInAnotherNamespaceHasItsInit(Access access) {
        Unshared namespace = unshared("sh", "-c", "sleep 1000 & echo ready; read wait; kill $!");
        long sleep = Unshared.onlyChildOf(namespace.initPid());

        NamespaceAnswer answer = resolve(resolver(access), sleep);

        assertThat(answer).isInstanceOf(NamespaceAnswer.In.class);
        NamespaceAnswer.In in = (NamespaceAnswer.In) answer;
        assertThat(in.init())
                .isInstanceOfSatisfying(
                        Init.Known.class, init -> assertThat(init.pid()).isEqualTo(namespace.initPid()));
        assertThat(in.namespace().id().inode()).isEqualTo(Unshared.inodeOf(sleep));
        assertThat(in.namespace().depth()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aNestedNamespaceIsTheInnermostWithItsDepth(Access access) {
        Unshared outer = unshared("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", "echo ready; read wait");
        long inner = Unshared.onlyChildOf(outer.initPid());

        NamespaceAnswer.In in = (NamespaceAnswer.In) resolve(resolver(access), inner);

        assertThat(in.init())
                .isInstanceOfSatisfying(
                        Init.Known.class, init -> assertThat(init.pid()).isEqualTo(inner));
        assertThat(in.namespace().depth()).isEqualTo(2);
        if (access == Access.KERNEL) {
            assertThat(in.namespace().parents())
                    .extracting(id -> id.inode())
                    .containsExactly(
                            Unshared.inodeOf(outer.initPid()),
                            Unshared.inodeOf(ProcessHandle.current().pid()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnNamespaceIsAnAnswerOfItsOwn(Access access) {
        NamespaceAnswer.In in = (NamespaceAnswer.In)
                resolve(resolver(access), ProcessHandle.current().pid());

        assertThat(in.namespace().isOwn()).isTrue();
        assertThat(in.namespace().parents()).isEmpty();
        assertThat(in.init())
                .isInstanceOfSatisfying(
                        Init.Known.class, init -> assertThat(init.pid()).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void aPidThatNobodyHasIsGone(Access access) throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThat(resolve(resolver(access), ended.pid())).isInstanceOf(NamespaceAnswer.Gone.class);
    }

    @ParameterizedTest
    @EnumSource
    void pidZeroIsNotVisible(Access access) {
        assertThat(resolve(resolver(access), 0)).isInstanceOf(NamespaceAnswer.NotVisible.class);
    }

    @ParameterizedTest
    @EnumSource
    void aZombieIsGone(Access access) throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & exec sleep 1000").start();
        opened.add(parent::destroyForcibly);
        long zombie = awaitZombieChildOf(parent.pid());

        assertThat(resolve(resolver(access), zombie)).isInstanceOf(NamespaceAnswer.Gone.class);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberBeyondThoseOfTheKernelIsGone(Access access) {
        assertThat(resolve(
                        resolver(access), (1L << 32) + ProcessHandle.current().pid()))
                .isInstanceOf(NamespaceAnswer.Gone.class);
    }

    /** What a process shows that is reaped while its file is open. */
    @Test
    void aStatusWithoutAProcessIdIsThatOfAProcessThatEnded(@TempDir Path machine) throws IOException {
        Files.createDirectories(machine.resolve("4711"));
        Files.writeString(machine.resolve("4711/status"), "Name:\tsh\nState:\tX (dead)\nTgid:\t0\nNSpid:\t0\n");
        Files.writeString(machine.resolve("4711/stat"), "4711 (sh) X 0 -1 -1 0 -1 4 0 0 0 0 0 0 0 0 20 0 0 0 77 0\n");
        NamespaceResolver resolver = NamespaceResolver.over(null, new ProcFs(machine), 16, StepLog.NONE);
        opened.add(resolver);

        assertThat(resolve(resolver, 4711)).isInstanceOf(NamespaceAnswer.Gone.class);
    }

    @Test
    void aThreadIdIsNoProcess() throws IOException {
        long thread;
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            thread = tasks.mapToLong(task -> Long.parseLong(task.getFileName().toString()))
                    .max()
                    .orElseThrow();
        }

        assertThat(resolve(resolver(Access.KERNEL), thread))
                .isInstanceOfSatisfying(
                        NamespaceAnswer.Gone.class,
                        gone -> assertThat(gone.reason()).contains("thread"));
    }

    @Test
    void aNamespaceMetAgainIsKnown() {
        Unshared namespace = unshared("sh", "-c", "echo ready; read wait");
        NamespaceResolver resolver = resolver(Access.KERNEL);

        NamespaceAnswer.In first = (NamespaceAnswer.In) resolve(resolver, namespace.initPid());
        NamespaceAnswer.In second = (NamespaceAnswer.In) resolve(resolver, namespace.initPid());

        assertThat(first.known()).isFalse();
        assertThat(second.known()).isTrue();
        assertThat(second.init()).isEqualTo(first.init());
        assertThat(resolver.knownNamespaces()).isEqualTo(1);
    }

    @Test
    void aThousandResolutionsLeakNoDescriptor() throws IOException {
        Unshared namespace = unshared("sh", "-c", "echo ready; read wait");
        NamespaceResolver resolver = resolver(Access.KERNEL);
        resolve(resolver, namespace.initPid());
        long before = descriptors();

        for (int i = 0; i < 1000; i++) {
            resolve(resolver, namespace.initPid());
            resolve(resolver, namespace.makerPid());
            resolve(resolver, 1L << 21);
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void eachWayIsProbedAndNamed() {
        NamespaceResolver resolver = resolver(Access.KERNEL);

        assertThat(resolver.ways()).extracting(WayProbe::way).containsExactly(InitWay.values());
        assertThat(resolver.ways().get(2).works()).isTrue();
        assertThat(resolver.best())
                .isEqualTo(resolver.ways().stream()
                        .filter(WayProbe::works)
                        .findFirst()
                        .orElseThrow()
                        .way());
    }

    @Test
    void childrenAreBornInOurOwnNamespace() {
        PidNamespace forChildren = resolver(Access.KERNEL).forChildren();

        assertThat(forChildren).isNotNull();
        assertThat(forChildren.isOwn()).isTrue();
    }

    private NamespaceAnswer resolve(NamespaceResolver resolver, long pid) {
        NamespaceResolver.Hold hold = resolver.hold(pid);
        if (hold instanceof NamespaceResolver.Hold.Answered answered) {
            return answered.answer();
        }
        try (HeldProcess process = ((NamespaceResolver.Hold.Held) hold).process()) {
            return resolver.resolve(process);
        }
    }

    private NamespaceResolver resolver(Access access) {
        try {
            Linux linux = access == Access.KERNEL ? Linux.load() : null;
            NamespaceResolver resolver = NamespaceResolver.over(linux, ProcFs.mounted(), 100, StepLog.NONE);
            opened.add(resolver);
            return resolver;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Unshared unshared(String... command) {
        Unshared namespace = Unshared.running(command);
        opened.add(namespace);
        return namespace;
    }

    private static long awaitZombieChildOf(long parent) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            String children = Files.readString(Path.of("/proc/" + parent + "/task/" + parent + "/children"))
                    .strip();
            if (!children.isEmpty()
                    && Files.readString(Path.of("/proc/" + children + "/stat")).contains(") Z ")) {
                return Long.parseLong(children);
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no zombie child of " + parent);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            return fds.count();
        }
    }
}
