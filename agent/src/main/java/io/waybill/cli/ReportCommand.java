// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.waybill.report.CollapsedStacks;
import io.waybill.report.CsvTable;
import io.waybill.report.FlameGraph;
import io.waybill.report.RecordingReader;
import io.waybill.report.Report;
import io.waybill.report.Weight;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which container cost what, by recordings. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Says who is in flight recordings, and which container cost what: scopes, time, CPU, allocation.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar report host.jfr",
            "  java -jar waybill-agent.jar report --json web-1.jfr web-2.jfr",
            "  java -jar waybill-agent.jar report --flamegraph host.html host.jfr",
            "  java -jar waybill-agent.jar report --collapsed --of allocation host.jfr",
            "",
            "Several recordings make one report; a container that is in several of them is one row. Time, CPU and"
                    + " allocation are those inside the scopes of a container (ContainerScope, or the agent's option"
                    + " scope=...), by thread and time; of nested scopes the innermost counts.",
            "",
            "Exit code 4: a file is no recording, or is torn; what could be read is shown."
        })
final class ReportCommand implements Callable<Integer> {
    /** A file is no recording, or could not be read to its end. */
    private static final int TORN = 4;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @ArgGroup
    private @Nullable Format format;

    @Option(names = "--flamegraph", paramLabel = "OUT.html", description = "Writes a flame graph, one HTML page.")
    private @Nullable Path flameGraph;

    @Option(
            names = "--of",
            paramLabel = "cpu|allocation",
            description = "What the stacks of --flamegraph and --collapsed are weighed by; default: cpu.")
    private @Nullable StacksOf of;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the hottest frames to show; default: ${DEFAULT-VALUE}.")
    private int frames;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Flight recordings, of any JDK since 11.")
    private List<Path> files = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /** What goes to standard output; a table if nothing is chosen. */
    private static final class Format {
        @Option(names = "--json", description = "Prints JSON.")
        private boolean json;

        @Option(names = "--csv", description = "Prints a table by commas.")
        private boolean csv;

        @Option(
                names = "--collapsed",
                description = "Prints stacks, one a line, the container first, as flame graph tools read them.")
        private boolean collapsed;
    }

    /** The names are those of the option's values. */
    private enum StacksOf {
        cpu,
        allocation
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            err.println("waybill: this run-time image has no module jdk.jfr, which reads recordings; use a JDK");
            return CommandLineMain.CANNOT;
        }
        check();
        Report report;
        try (ProgressBar progress = ProgressBar.on(err)) {
            report = RecordingReader.read(files, progress);
        }
        print(report, spec.commandLine().getOut());
        if (flameGraph != null) {
            writePage(report, flameGraph);
        }
        report.problems().forEach(problem -> err.println("waybill: " + TerminalText.of(problem, 500)));
        return report.problems().isEmpty() ? 0 : TORN;
    }

    private void check() {
        if (frames < 0) {
            throw new ParameterException(spec.commandLine(), "--frames " + frames + ": less than none");
        }
        if (of != null && flameGraph == null && (format == null || !format.collapsed)) {
            throw new ParameterException(
                    spec.commandLine(), "--of weighs stacks, which --flamegraph writes and --collapsed prints");
        }
        if (flameGraph != null && RecordingReader.isRecording(flameGraph)) {
            // the name of the page was forgotten, and the first of the recordings is taken for it
            throw new ParameterException(
                    spec.commandLine(),
                    "--flamegraph " + flameGraph + ": this is a recording, which the page would overwrite");
        }
    }

    private void writePage(Report report, Path file) throws IOException {
        CheckedOutput bytes = new CheckedOutput(Files.newOutputStream(file));
        try (PrintWriter page = new PrintWriter(bytes, false, StandardCharsets.UTF_8)) {
            FlameGraph.write(report, weight(report), page);
        }
        IOException failure = bytes.failure();
        if (failure != null) {
            throw new IOException(file + ": " + failure.getMessage(), failure);
        }
    }

    private void print(Report report, PrintWriter out) {
        if (format == null) {
            new ReportTable(report, frames).print(out);
        } else if (format.json) {
            out.println(TerminalText.json(GSON.toJson(ReportView.of(report, frames))));
        } else if (format.csv) {
            CsvTable.write(report, out);
            out.flush();
        } else if (format.collapsed) {
            CollapsedStacks.write(report, weight(report), out);
        }
    }

    private Weight weight(Report report) {
        return of == StacksOf.allocation ? Weight.ALLOCATION : report.cpu();
    }
}
