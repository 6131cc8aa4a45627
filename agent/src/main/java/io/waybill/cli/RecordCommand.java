// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.google.gson.GsonBuilder;
import io.waybill.api.Init;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.StateExcerpt;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcRecorder;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records what tells the container of a process, for a bug report that becomes a test. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Records what tells the container of a process into a folder, for a bug report.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar record 4711",
            "  java -jar waybill-agent.jar record -o /tmp/unknown-runtime 4711",
            "",
            "The folder has the files of /proc about the process and those above it, what the runtime keeps of the"
                    + " container, and Waybill's answer. Environment variables, arguments of programs, mounted volumes"
                    + " and labels that are nobody's business are left out. Look through it before it is sent."
        })
final class RecordCommand implements Callable<Integer> {
    @Option(
            names = "-o",
            paramLabel = "DIR",
            description = "The folder, which must not exist; waybill-record-PID here.")
    private @Nullable Path folder;

    @Parameters(paramLabel = "PID", description = "A process id as this JVM sees it.")
    private long pid;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (pid <= 0) {
            throw new ParameterException(spec.commandLine(), "pid " + pid + ": a process id is more than 0");
        }
        Path target = folder == null ? Path.of("waybill-record-" + pid) : folder;
        if (Files.exists(target)) {
            throw new ParameterException(spec.commandLine(), target + " exists already");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Answers answers = Answers.wire(
                16, IdentitySettings.defaults(), StepLog.NONE, complaint -> err.println("waybill: " + complaint))) {
            Resolution resolution = answers.resolver().named(answers.resolver().resolve(pid));
            if (resolution instanceof Resolution.Gone || resolution instanceof Resolution.NotVisible) {
                err.println("waybill: there is no process " + pid);
                return 1;
            }
            record(answers, resolution, target);
        }
        list(target, out);
        return 0;
    }

    private void record(Answers answers, Resolution resolution, Path target) throws IOException {
        Files.createDirectories(target);
        List<Long> wanted = new ArrayList<>(List.of(pid));
        if (resolution instanceof Resolution.Resolved resolved && resolved.init() instanceof Init.Known init) {
            wanted.add(init.pid());
        }
        for (ContainerRecord kept : answers.identities().kept(pid)) {
            StateExcerpt.copy(kept, target.resolve("state"));
            wanted.add(kept.init().pid());
        }
        Set<Long> recorded = new ProcRecorder(answers.procFs(), target).record(wanted);
        String answer = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(AnswerView.of(resolution));
        Files.writeString(target.resolve("answer.json"), TerminalText.json(answer) + "\n");
        Files.writeString(
                target.resolve("README"),
                "Recorded by waybill " + Version.number() + ": process " + pid + " and those above it, " + recorded
                        + ", on Linux " + System.getProperty("os.version") + ".\n");
    }

    private static void list(Path target, PrintWriter out) throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            files.filter(file -> Files.isSymbolicLink(file) || Files.isRegularFile(file))
                    .sorted()
                    .forEach(file -> out.println(TerminalText.of(file.toString(), 300)));
        }
    }
}
