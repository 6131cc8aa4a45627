// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.waybill.api.ContainerIdentity;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists the containers and pid namespaces of this machine. */
@Command(
        name = "ps",
        mixinStandardHelpOptions = true,
        description = "Lists the containers and pid namespaces on this machine, each with its init.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar ps",
            "  java -jar waybill-agent.jar ps --processes",
            "  java -jar waybill-agent.jar ps --json",
            "  java -jar waybill-agent.jar ps --watch    until Ctrl-C",
            "  java -jar waybill-agent.jar ps --jvms     then: jcmd PID VM.version",
            "",
            "INIT and PID are process ids as this JVM sees them; INSIDE is the one in the process's own pid namespace."
                    + " Processes in this JVM's own pid namespace and in no container are not listed."
        })
final class PsCommand implements Callable<Integer> {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--processes", description = "Lists the processes of each, too.")
    private boolean processes;

    @Option(names = "--jvms", description = "Lists the JVMs among their processes, and what they run.")
    private boolean jvms;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "Shows it again every so many seconds, 2 if none are given, in place on a terminal.")
    private @Nullable Integer watch;

    @Mixin
    private RuntimeApi runtimeApi = new RuntimeApi();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (watch == null) {
            print(out);
            return 0;
        }
        if (watch < 1 || json) {
            throw new ParameterException(
                    spec.commandLine(),
                    json ? "--watch is to be read by people, so not with --json" : "--watch=" + watch + ": 1 or more");
        }
        new LiveView(out, Terminal.is(Terminal.OUT)).show(watch, this::print);
        return 0;
    }

    private void print(PrintWriter out) throws IOException {
        PrintWriter err = watch == null ? spec.commandLine().getErr() : out;
        Census census = Census.take(runtimeApi.settings(), complaint -> err.println("waybill: " + complaint));
        if (jvms) {
            printJvms(census, out);
        } else if (json) {
            out.println(TerminalText.json(GSON.toJson(census.containers().entrySet().stream()
                    .map(each -> view(each.getKey(), each.getValue()))
                    .toList())));
        } else {
            print(census, out);
        }
        if (census.refused().count() > 0) {
            err.println("waybill: " + TerminalText.of(census.refused().toString(), 500));
        }
    }

    private void print(Census census, PrintWriter out) {
        TextTable table = new TextTable("INIT", "COMMAND", "RUNTIME", "NAME", "IMAGE", "PROCESSES", "AGE", "NAMESPACE");
        census.containers()
                .forEach((entry, members) -> table.row(
                        entry.initPid() == 0 ? "-" : entry.initPid(),
                        command(entry),
                        entry.container()
                                .map(container -> container.runtime().text())
                                .orElse("-"),
                        name(entry),
                        entry.container().map(ContainerIdentity::image).orElse("-"),
                        members.size(),
                        age(entry.start()),
                        entry.namespace() == null ? "-" : entry.namespace().id().inode()));
        table.print(out);
        if (processes) {
            census.containers().forEach((entry, members) -> printProcesses(entry, members, out));
        }
    }

    private void printJvms(Census census, PrintWriter out) {
        JvmFinder finder = new JvmFinder(ProcFs.mounted());
        List<Map<String, Object>> views = new ArrayList<>();
        TextTable table = new TextTable("PID", "INSIDE", "RUNTIME", "NAME", "RUNS");
        census.containers()
                .forEach((entry, members) -> members.forEach(member -> {
                    ObservedProcess process = processOf(member);
                    finder.whatRuns(process.pid()).ifPresent(runs -> {
                        String runtime = entry.container()
                                .map(each -> each.runtime().text())
                                .orElse("-");
                        table.row(process.pid(), process.pidInside(), runtime, name(entry), runs);
                        views.add(jvm(entry, process, runs));
                    });
                }));
        if (json) {
            out.println(TerminalText.json(GSON.toJson(views)));
        } else {
            table.print(out);
        }
    }

    /** What is added to a name in a table is for people. */
    static Map<String, Object> jvm(ContainerEntry entry, ObservedProcess process, String runs) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pid", process.pid());
        view.put("pidInside", process.pidInside());
        entry.container().ifPresent(container -> view.put("name", container.displayName()));
        if (!entry.sharedWith().isEmpty()) {
            view.put("sharedWith", entry.sharedWith());
        }
        view.put("runs", runs);
        return view;
    }

    private static ObservedProcess processOf(Resolution member) {
        return member instanceof Resolution.Resolved resolved
                ? resolved.process()
                : ((Resolution.Refused) member).process();
    }

    private static void printProcesses(ContainerEntry entry, List<Resolution> members, PrintWriter out) {
        out.println();
        out.println(TerminalText.of(entry.displayName(), 100) + ":");
        TextTable table = new TextTable("PID", "INSIDE", "COMMAND");
        for (Resolution member : members) {
            ObservedProcess process = processOf(member);
            table.row(process.pid(), process.pidInside(), process.command());
        }
        table.print(out);
    }

    private static String name(ContainerEntry entry) {
        String shared = entry.sharedWith().isEmpty() ? "" : " (init of " + entry.sharedWith() + ")";
        return entry.container().map(ContainerIdentity::displayName).orElse("-") + shared;
    }

    private static String command(ContainerEntry entry) {
        ObservedProcess init = entry.initProcess();
        return init == null ? "-" : init.command();
    }

    static String age(Instant start) {
        return text(Duration.between(start, Instant.now()));
    }

    /** The two largest units, such as {@code 3h 5m}. */
    static String text(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d " + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h " + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0
                ? age.toMinutes() + "m " + age.toSecondsPart() + "s"
                : Math.max(0, age.toSeconds()) + "s";
    }

    private static Map<String, Object> view(ContainerEntry entry, List<Resolution> members) {
        Map<String, Object> view = new LinkedHashMap<>();
        AnswerView.addInit(view, entry.init());
        if (entry.initProcess() != null) {
            view.put("initCommand", entry.initProcess().command());
        }
        view.put("start", entry.start().toString());
        if (entry.namespace() != null) {
            AnswerView.addNamespace(view, entry.namespace());
        }
        AnswerView.addIdentity(view, entry.identity());
        if (!entry.sharedWith().isEmpty()) {
            view.put("sharedWith", entry.sharedWith());
        }
        List<Map<String, Object>> list = new ArrayList<>();
        members.forEach(member -> list.add(AnswerView.of(member)));
        view.put("processes", list);
        return view;
    }
}
