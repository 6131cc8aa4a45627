// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.NoContainer;
import io.waybill.api.Resolution;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Resolves processes, step by step. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description = "Finds the pid namespace, its init and the container of processes, and shows each step.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar resolve 4711",
            "  java -jar waybill-agent.jar resolve --json 4711 4712",
            "  java -jar waybill-agent.jar resolve --otel 4711 | paste -sd,",
            "",
            "The last makes a value for OTEL_RESOURCE_ATTRIBUTES.",
            "",
            "Exit code 1: a process is gone, refused, or not to be seen from here."
        })
final class ResolveCommand implements Callable<Integer> {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Option(names = "--json", description = "Prints JSON: one object for one pid, an array for several.")
    private boolean json;

    @Option(names = "--otel", description = "Prints OpenTelemetry's resource attributes, a key=value line each.")
    private boolean otel;

    @Parameters(paramLabel = "PID", arity = "1..*", description = "Process ids as this JVM sees them.")
    private List<Long> pids = new ArrayList<>();

    @Mixin
    private RuntimeApi runtimeApi = new RuntimeApi();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (json && otel) {
            throw new ParameterException(spec.commandLine(), "--json and --otel: one of the two can be printed");
        }
        for (long pid : pids) {
            if (pid < 0) {
                throw new ParameterException(spec.commandLine(), "pid " + pid + ": a process id is 0 or more");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Steps steps = new Steps(out, !json && !otel);
        List<Map<String, Object>> views = new ArrayList<>();
        boolean all = true;
        try (Answers answers = Answers.wire(
                pids.size() + 16, runtimeApi.settings(), steps, complaint -> err.println("waybill: " + complaint))) {
            for (long pid : pids) {
                steps.begin(pid);
                Resolution resolution =
                        answers.resolver().named(answers.resolver().resolve(pid));
                steps.end();
                all &= resolution instanceof Resolution.Resolved;
                if (json) {
                    views.add(AnswerView.of(resolution));
                } else if (otel) {
                    resolution
                            .container()
                            .map(ContainerIdentity::resourceAttributes)
                            .orElse(Map.of())
                            .forEach((key, value) -> out.println(key + "=" + ResourceAttributes.encoded(value)));
                } else {
                    print(resolution, out);
                }
            }
        }
        if (json) {
            out.println(TerminalText.json(GSON.toJson(views.size() == 1 ? views.get(0) : views)));
        }
        return all ? 0 : 1;
    }

    private static void print(Resolution resolution, PrintWriter out) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("answer", resolution.outcome().text());
        String reason = resolution.reason();
        if (!reason.isEmpty() && !(resolution instanceof Resolution.Resolved)) {
            lines.put("because", reason);
        }
        if (resolution instanceof Resolution.Resolved resolved) {
            lines.put(
                    "process",
                    resolved.process().command() + ", pid " + resolved.process().pidInside() + " inside");
            lines.put(
                    "pid namespace",
                    resolved.namespace().id() + ", depth "
                            + resolved.namespace().depth());
            lines.put("init", init(resolved.init()));
            addIdentity(lines, resolved.identity());
        } else if (resolution instanceof Resolution.Refused refused) {
            lines.put("process", refused.process().command());
            addIdentity(lines, refused.identity());
        }
        lines.forEach((key, value) -> out.printf("  %-14s %s%n", key, TerminalText.of(value, 600)));
    }

    private static String init(Init init) {
        if (init instanceof Init.Known known) {
            return known.pid() + ", by " + known.way().text() + ", verified";
        }
        return "none: " + init.reason();
    }

    private static void addIdentity(Map<String, String> lines, Identity identity) {
        if (identity instanceof ContainerIdentity container) {
            lines.put("container", container.runtime().text() + " " + container.id());
            if (container.name() != null) {
                lines.put("name", container.name());
            }
            if (container.image() != null) {
                lines.put("image", container.image());
            }
            lines.put(
                    "known by",
                    container.provenance() + " (" + container.provenance().evidence() + ")");
            for (String remark : container.remarks()) {
                lines.merge("remark", remark, (one, other) -> one + "; " + other);
            }
        } else if (identity instanceof NoContainer none) {
            lines.put("no container", none.explanation());
        }
    }

    /** Prints the steps as they are taken. */
    private static final class Steps implements StepLog {
        private final PrintWriter out;
        private final boolean wanted;
        private boolean open;

        Steps(PrintWriter out, boolean wanted) {
            this.out = out;
            this.wanted = wanted;
        }

        void begin(long pid) {
            open = wanted;
            if (open) {
                out.println("pid " + pid);
            }
        }

        void end() {
            open = false;
        }

        @Override
        public boolean wanted() {
            return open;
        }

        @Override
        public void note(String step, String answer) {
            out.println("  . " + TerminalText.of(step + ": " + answer, 300));
        }
    }
}
