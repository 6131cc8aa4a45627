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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinuxTest {
    private final Linux linux = load();

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

    private static Linux load() {
        try {
            return Linux.load();
        } catch (NativeAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
