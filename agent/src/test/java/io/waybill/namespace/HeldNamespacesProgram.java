// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.linux.Linux;
import io.waybill.linux.NamespaceFd;
import io.waybill.procfs.ProcFs;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the inits of namespaces that another program holds, where {@code NS_GET_INIT_PID} lies, and counts what came of
 * it. Arguments: command lines of {@code reaper}, each followed by {@code --}; or {@code -} and a number, where
 * {@code reaper} started this one.
 * Prints {@code asked=N lied=N wrong=N scans=N strangers=N} for each, and the first wrong answers; a scan is a pass over
 * /proc, a stranger an answer that lives in another namespace.
 */
public final class HeldNamespacesProgram implements StepLog {
    private final Linux linux;
    private final InitLookups lookups;
    private int asked;
    private int lied;
    private int wrong;
    private int scans;
    private int strangers;

    private HeldNamespacesProgram(Linux linux, ProcFs procFs, Processes processes, @Nullable OpenNamespace own) {
        this.linux = linux;
        this.lookups = InitLookups.probe(own, procFs, new InitVerifier(processes), this);
    }

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public void note(String step, String answer) {
        scans += step.startsWith(InitWay.PROC_SCAN.text() + " on ") ? 1 : 0;
    }

    public static void main(String[] arguments) throws Exception {
        Linux linux = Linux.load();
        ProcFs procFs = ProcFs.mounted();
        Processes processes = new Processes(linux, procFs);
        try (OwnNamespace.Opened own = OwnNamespace.open(processes)) {
            HeldNamespacesProgram program = new HeldNamespacesProgram(linux, procFs, processes, own.namespace());
            if (arguments[0].equals("-")) {
                program.askBelow(Integer.parseInt(arguments[1]));
            } else {
                List<String> command = new ArrayList<>();
                for (String argument : arguments) {
                    if (argument.equals("--")) {
                        program.askAll(command);
                        command.clear();
                    } else {
                        command.add(argument);
                    }
                }
            }
        }
    }

    /** Descriptor 9 is of the namespace around this one, whose init has no number here. */
    private void askBelow(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (OpenNamespace namespace = open("/proc/self/fd/9")) {
                NamespaceFd fd = namespace.fd();
                judge(new Fact("/proc/self/fd/9", namespace.id().inode(), fd == null ? -1 : fd.askInitPid(), 0, 0));
            }
        }
        printCounts();
    }

    private void askAll(List<String> command) throws Exception {
        Process reaper = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader facts =
                        new BufferedReader(new InputStreamReader(reaper.getInputStream(), StandardCharsets.UTF_8));
                PrintStream done = new PrintStream(reaper.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = facts.readLine(); line != null; line = facts.readLine()) {
                if (line.equals(".")) {
                    done.println("done");
                } else {
                    judge(Fact.parse(line, reaper.pid()));
                }
            }
        }
        if (reaper.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + reaper.exitValue());
        }
        printCounts();
    }

    private void printCounts() {
        System.out.printf("asked=%d lied=%d wrong=%d scans=%d strangers=%d%n", asked, lied, wrong, scans, strangers);
        asked = 0;
        lied = 0;
        wrong = 0;
        scans = 0;
        strangers = 0;
    }

    private void judge(Fact fact) throws Exception {
        try (OpenNamespace namespace = open(fact.path())) {
            if (namespace.id().inode() != fact.inode()) {
                throw new IllegalStateException(fact + " is " + namespace.id());
            }
            Init answer = lookups.find(namespace).answer();
            boolean right = fact.init() == 0
                    ? answer instanceof Init.None
                    : answer instanceof Init.Known known && known.pid() == fact.init();
            asked++;
            lied += fact.isLie() ? 1 : 0;
            strangers += fact.answer() > 0 && fact.inodeOfAnswer() != fact.inode() ? 1 : 0;
            wrong += right ? 0 : 1;
            if (!right && wrong <= 5) {
                System.out.println(fact + ": " + answer);
            }
        }
    }

    private OpenNamespace open(String path) throws Exception {
        NamespaceFd fd = linux.openNamespace(path);
        return new OpenNamespace(fd.id(), fd);
    }

    /**
     * A line of {@code reaper}, which says what the fields are.
     *
     * <pre>
     * 5   4026532281  4711    4026531836  0
     * </pre>
     */
    private record Fact(String path, long inode, long answer, long inodeOfAnswer, long init) {
        static Fact parse(String line, long reaper) {
            String[] fields = line.split(" ");
            return new Fact(
                    "/proc/" + reaper + "/fd/" + fields[0],
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]));
        }

        /** The ioctl answered, and not with the living init; minus an errno is no lie. */
        boolean isLie() {
            return answer >= 0 && (answer == 0 || answer != init);
        }
    }
}
