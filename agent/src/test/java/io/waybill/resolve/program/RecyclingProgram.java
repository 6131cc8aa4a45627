// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve.program;

import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answer;
import io.waybill.resolve.ContainerResolver;
import io.waybill.resolve.ProcessReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * In a pid namespace of its own, has the kernel give one pid to process after process, and asks for each of them. Prints
 * how many pids were recycled, how many answers were remembered while their process lived, and how many were stale.
 *
 * <p>Arguments: polled or watched, and how many rounds.
 */
public final class RecyclingProgram {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final String[][] COMMANDS = {{"sleep", "1000"}, {"tail", "-f", "/dev/null"}};

    private RecyclingProgram() {}

    public static void main(String[] arguments) throws Exception {
        Linux linux = Linux.load();
        ProcFs procFs = ProcFs.mounted();
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        // a process of this minute is as good as an old one, and so is remembered at once
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
        try (NamespaceResolver namespaces = NamespaceResolver.over(linux, procFs, 64, StepLog.NONE);
                ContainerResolver resolver = new ContainerResolver(
                        namespaces, ContainerIdentities.of(procFs, settings), new ProcessReader(procFs), 64, clock)) {
            boolean watched = arguments[0].equals("watched");
            if (watched) {
                watch(resolver, linux.watchEnds());
            }
            recycle(resolver, watched, Integer.parseInt(arguments[1]));
        }
    }

    private static void recycle(ContainerResolver resolver, boolean watched, int rounds) throws Exception {
        long pid = 0;
        int recycled = 0;
        int remembered = 0;
        int stale = 0;
        for (int round = 0; round < rounds; round++) {
            if (pid != 0) {
                Files.writeString(LAST_PID, Long.toString(pid - 1));
            }
            String[] command = COMMANDS[round % 2];
            Process process = new ProcessBuilder(command).start();
            recycled += process.pid() == pid ? 1 : 0;
            pid = process.pid();

            Answer first = resolver.answer(pid);
            Answer second = resolver.answer(pid);
            stale += first.cached() || !isAbout(command, first) || !isAbout(command, second) ? 1 : 0;
            remembered += second.cached() ? 1 : 0;

            process.destroyForcibly().waitFor();
            while (watched && resolver.remembered() > 0) {
                Thread.onSpinWait(); // until the kernel's word has come
            }
        }
        System.out.println("recycled " + recycled + ", remembered " + remembered + ", stale " + stale);
    }

    private static boolean isAbout(String[] command, Answer answer) {
        return answer.resolution() instanceof Resolution.Resolved resolved
                && resolved.process().command().equals(command[0]);
    }

    private static void watch(ContainerResolver resolver, ProcessEnds ends) {
        resolver.watch(ends);
        Thread reader = new Thread(() -> {
            try {
                ends.read(resolver::ended);
            } catch (LinuxException e) {
                throw new IllegalStateException(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }
}
