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
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * In a pid namespace of its own, has the kernel give one pid to process after process, and asks for each of them. Prints
 * how many pids were recycled, how many answers were remembered while their process lived, and how many were stale.
 *
 * <p>Arguments: polled or watched, and how many rounds.
 */
public final class RecyclingProgram {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final String[] COMMANDS = {"sleep 1000", "tail -f /dev/null"};
    private static final long PATIENCE_NANOS = 10_000_000_000L;

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
        try (Parent parent = new Parent()) {
            for (int round = 0; round < rounds; round++) {
                if (pid != 0) {
                    Files.writeString(LAST_PID, Long.toString(pid - 1));
                }
                String command = COMMANDS[round % 2];
                long child = parent.start(command);
                recycled += child == pid ? 1 : 0;
                pid = child;

                Answer first = resolver.answer(pid);
                Answer second = resolver.answer(pid);
                stale += first.cached() || !isAbout(command, first) || !isAbout(command, second) ? 1 : 0;
                remembered += second.cached() ? 1 : 0;

                parent.end();
                await("the kernel's word that " + pid + " ended", () -> !watched || resolver.remembered() == 0);
            }
        }
        System.out.println("recycled " + recycled + ", remembered " + remembered + ", stale " + stale);
    }

    private static boolean isAbout(String command, Answer answer) {
        return answer.resolution() instanceof Resolution.Resolved resolved
                && resolved.process().command().equals(nameOf(command));
    }

    private static String nameOf(String command) {
        return command.substring(0, command.indexOf(' '));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no sign of " + what);
            }
            Thread.onSpinWait();
        }
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

    /**
     * A shell that has the children. The JDK will not do: it takes a child for the one before with the same pid, and for
     * ended, while that one's end is still being told (java.lang.ProcessHandleImpl, completions; 17 and 25).
     */
    private static final class Parent implements AutoCloseable {
        private final Process shell;
        private final BufferedReader said;

        Parent() throws IOException {
            shell = new ProcessBuilder("sh")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            said = shell.inputReader();
        }

        /** The pid of a new child, once it runs the command. */
        long start(String command) throws Exception {
            String pid = ask(command + " & echo $!");
            Path comm = Path.of("/proc", pid, "comm");
            await(pid + " running " + command, () -> Files.readString(comm).equals(nameOf(command) + "\n"));
            return Long.parseLong(pid);
        }

        /** Kills the child, and reaps it. */
        void end() throws IOException {
            ask("kill -9 $!; wait $! 2>/dev/null; echo ended");
        }

        private String ask(String line) throws IOException {
            shell.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
            return said.readLine();
        }

        @Override
        public void close() {
            shell.destroyForcibly();
        }
    }
}
