// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.namespace.Unshared;
import io.waybill.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The same tests over each binding that this JVM has; {@code BindingIT} has both. */
@ParameterizedClass
@MethodSource("bindings")
class LinuxTest {
    private static final int CALLS = 10_000;

    private final Linux linux;

    LinuxTest(Binding binding) throws ReflectiveOperationException {
        this.linux = Linux.over(binding == Binding.JNA ? JnaSystemCall.link() : FfmSystemCall.link());
    }

    static List<Binding> bindings() {
        return Runtime.version().feature() >= 22 ? List.of(Binding.JNA, Binding.FFM) : List.of(Binding.JNA);
    }

    enum Binding {
        FFM,
        JNA
    }

    @Test
    void aProcessOfThisMachineIsAlive() throws LinuxException {
        try (PidFd self = linux.openProcess(ProcessHandle.current().pid())) {
            assertThat(self.isAlive()).isTrue();
            assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void anEndedProcessIsNotAliveBeforeItIsReaped() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try (PidFd fd = linux.openProcess(cat.pid())) {
            assertThat(fd.isAlive()).isTrue();

            cat.destroyForcibly().waitFor();

            assertThat(fd.isAlive()).isFalse();
        }
    }

    /** The application's files get its number, and so do other processes that are held. */
    @Test
    void aClosedOneDoesNotSpeakOfWhatHasItsNumberNow() throws Exception {
        PidFd closed = linux.openProcess(ProcessHandle.current().pid());
        closed.close();
        List<PidFd> later = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            later.add(linux.openProcess(ProcessHandle.current().pid()));
        }

        assertThat(closed.isAlive()).isFalse();
        assertThat(later).allMatch(PidFd::isAlive);
        later.forEach(PidFd::close);
    }

    /** As pid_t has 32 bits, its lower half would be this JVM's. */
    @Test
    void aPidOfMoreBitsThanTheKernelHasIsNobodys() {
        long pid = (1L << 32) + ProcessHandle.current().pid();

        assertThatThrownBy(() -> linux.openProcess(pid)).hasMessage("pidfd_open of " + pid + ": errno 3 (ESRCH)");
    }

    @Test
    void aPidThatNobodyHasNamesTheCallAndTheErrno() {
        assertThatThrownBy(() -> linux.openProcess(1L << 22))
                .isInstanceOf(LinuxException.class)
                .hasMessageMatching("pidfd_open of 4194304: errno (3 \\(ESRCH\\)|22 \\(EINVAL\\))");
    }

    @Test
    void aNamespaceOfAnotherKindIsNoPidNamespace() throws LinuxException {
        try (NamespaceFd network = linux.openNamespace("/proc/self/ns/net");
                NamespaceFd pid = linux.openNamespace("/proc/self/ns/pid")) {
            // QEMU passes on no ioctl of namespaces when it emulates a program
            Needs.that(pid.askTgid(1) != -Errno.ENOSYS.number(), "ioctls of namespaces are needed");
            assertThat(network.isPidNamespace()).isFalse();
            assertThat(pid.isPidNamespace()).isTrue();
            assertThat(pid.id().inode())
                    .isEqualTo(Unshared.inodeOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void theListingHasEveryProcess() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        try {
            Map<Long, Long> listed = list("/proc");

            assertThat(listed.keySet()).contains(1L, ProcessHandle.current().pid(), sleep.pid());
            assertThat(listed).hasSizeGreaterThan(3);
            assertThat(listed.get(sleep.pid()))
                    .isEqualTo(Files.getAttribute(Path.of("/proc/" + sleep.pid()), "unix:ino"));
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void aListingLongerThanItsBufferIsComplete() throws Exception {
        Path folder = Files.createTempDirectory("waybill-listing");
        for (int i = 1; i <= 3000; i++) {
            Files.createFile(folder.resolve(Integer.toString(i)));
        }
        Files.createFile(folder.resolve("12x"));

        assertThat(list(folder.toString())).hasSize(3000);

        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The kernel is told which pid to give next, in a pid namespace of its own, so that each round recycles one. */
    @Test
    void aRecycledPidHasAnotherInode() throws Exception {
        Needs.root();
        Process shell = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh").start();
        try (PrintStream in = new PrintStream(shell.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out =
                        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            long pid = sleepAfter(4000, in, out);
            String procFs = "/proc/" + Unshared.onlyChildOf(shell.pid()) + "/root/proc";
            for (int round = 0; round < 200; round++) {
                long before = list(procFs).get(pid);
                in.println("kill -9 $!; wait $! 2>/dev/null");

                assertThat(sleepAfter(4000, in, out)).isEqualTo(pid);

                assertThat(list(procFs).get(pid)).isNotEqualTo(before);
            }
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    private static long sleepAfter(long lastPid, PrintStream in, BufferedReader out) throws IOException {
        in.println("echo " + lastPid + " > /proc/sys/kernel/ns_last_pid; sleep 1000 & echo $!");
        return Long.parseLong(out.readLine());
    }

    private Map<Long, Long> list(String path) throws LinuxException {
        Map<Long, Long> listed = new TreeMap<>();
        linux.list(path, listed::put);
        return listed;
    }

    /** By the time the JVM has compiled it; what a first round takes is the compiler's business. */
    @Test
    void aCallAllocatesNothing() throws LinuxException {
        try (PidFd self = linux.openProcess(ProcessHandle.current().pid())) {
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 500 && least > 0; round++) {
                least = Math.min(least, allocatedBy(self));
            }

            assertThat(least).isZero();
        }
    }

    private static long allocatedBy(PidFd process) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            process.isAlive();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aFileIsReadWhole() throws Exception {
        Path file = Files.createTempFile("waybill", "whole");
        byte[] content = new byte[3 * Scratch.SIZE + 17];
        Arrays.fill(content, (byte) 'x');
        Files.write(file, content);
        try {
            assertThat(linux.readFile(file.toString(), 1 << 20)).isEqualTo(content);
            assertThat(linux.readFile(file.toString(), 100)).hasSize(100);
            assertThat(linux.readFile("/proc/self/comm", 100))
                    .isEqualTo(Files.readAllBytes(Path.of("/proc/self/comm")));
        } finally {
            Files.delete(file);
        }
        assertThatThrownBy(() -> linux.readFile(file.toString(), 100))
                .hasMessage("open of " + file + ": errno 2 (ENOENT)");
    }
}
