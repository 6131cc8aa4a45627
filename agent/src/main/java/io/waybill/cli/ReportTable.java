// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.report.ContainerFacts;
import io.waybill.report.RecordingJvm;
import io.waybill.report.Report;
import io.waybill.report.Share;
import io.waybill.report.StackNode;
import io.waybill.report.Weight;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A report for a terminal. */
final class ReportTable {
    private static final int MOST_CHILDREN = 10;

    private final Report report;
    private final int frames;

    ReportTable(Report report, int frames) {
        this.report = report;
        this.frames = frames;
    }

    void print(PrintWriter out) {
        // a file without a chunk of its own is told of by a problem or a note
        report.jvms().stream().filter(jvm -> jvm.chunks() > 0).forEach(jvm -> printJvm(jvm, out));
        if (report.jvms().stream().allMatch(jvm -> jvm.chunks() == 0)) {
            return;
        }
        out.println();
        printShares(out);
        printFrames(out);
        printChildren(out);
        for (String note : report.notes()) {
            out.println("note: " + TerminalText.of(note, 300));
        }
        if (report.lostSamples() > 0) {
            out.println("note: the JVM lost " + report.lostSamples() + " samples of CPU time");
        }
        if (report.shortenedStacks() > 0) {
            out.println("note: the stacks of " + report.shortenedStacks() + " samples are cut short");
        }
    }

    private static void printJvm(RecordingJvm jvm, PrintWriter out) {
        out.println(TerminalText.of(jvm.file(), 120) + ": "
                + Instant.ofEpochMilli(jvm.begin()).truncatedTo(ChronoUnit.SECONDS) + ", "
                + seconds((jvm.end() - jvm.begin()) * 1_000_000) + ", " + jvm.chunks()
                + (jvm.chunks() == 1 ? " chunk" : " chunks"));
        out.println("  by " + (jvm.program().isEmpty() ? "a JVM" : TerminalText.of(jvm.program(), 80))
                + (jvm.pid() == 0 ? "" : ", pid " + jvm.pid())
                + (jvm.hostname().isEmpty() ? "" : " on " + TerminalText.of(jvm.hostname(), 64))
                + (jvm.version().isEmpty() ? "" : ", JDK " + TerminalText.of(jvm.version(), 40)) + ", "
                + TerminalText.of(whereabouts(jvm), 200));
    }

    private static String whereabouts(RecordingJvm jvm) {
        if (jvm.pidNamespace() == 0) {
            return "without the Waybill agent";
        }
        String namespace = " (pid namespace " + jvm.pidNamespace() + ", init " + jvm.initPid() + ")";
        if (jvm.containerId().isEmpty()) {
            return "in no container" + namespace;
        }
        return "in container " + (jvm.containerName().isEmpty() ? jvm.containerId() : jvm.containerName()) + namespace;
    }

    private void printShares(PrintWriter out) {
        boolean exact = report.cpu() == Weight.CPU_TIME;
        TextTable table = new TextTable(
                "CONTAINER",
                "RUNTIME",
                "INIT",
                "LIFETIME",
                "SCOPES",
                "TIME",
                "TIME%",
                exact ? "CPU TIME SAMPLES" : "CPU SAMPLES",
                "CPU%",
                "ALLOCATED",
                "ALLOC%",
                "CHILDREN FOR",
                "IN");
        everybody()
                .filter(share -> !isIdleAndUnknown(share))
                .forEach(share -> table.row(
                        share.displayName(),
                        orDash(share.facts().runtime()),
                        share.facts().initPid() == 0 ? "-" : share.facts().initPid(),
                        lifetime(share),
                        share.scopes(),
                        isUnscoped(share) ? "-" : seconds(share.nanos()),
                        isUnscoped(share) ? "-" : percent(report.timeShare(share)),
                        share.total(report.cpu()),
                        percent(report.cpuShare(share)),
                        bytes(share.total(Weight.ALLOCATION)),
                        percent(report.allocationShare(share)),
                        share.childrenFor(),
                        share.childrenIn()));
        table.print(out);
    }

    private void printFrames(PrintWriter out) {
        List<Share> sampled =
                everybody().filter(share -> share.total(report.cpu()) > 0).toList();
        if (sampled.isEmpty() || frames == 0) {
            return;
        }
        out.println();
        out.println("Hottest frames");
        TextTable table = new TextTable("CONTAINER", "OF ITS CPU", "FRAME");
        for (Share share : sampled) {
            String name = share.displayName();
            for (StackNode.HotFrame frame : share.stack(report.cpu()).hottest(frames)) {
                table.row(name, percent((double) frame.weight() / share.total(report.cpu())), frame.frame());
                name = "";
            }
        }
        table.print(out);
    }

    private void printChildren(PrintWriter out) {
        List<Report.StartedChild> children = report.children();
        if (children.isEmpty()) {
            return;
        }
        out.println();
        out.println("Children started"
                + (children.size() > MOST_CHILDREN ? ", the first " + MOST_CHILDREN + " of " + children.size() : ""));
        TextTable table = new TextTable("PID", "COMMAND", "FOR", "LIVES IN");
        for (Report.StartedChild child : children.subList(0, Math.min(MOST_CHILDREN, children.size()))) {
            table.row(child.pid(), child.command(), orDash(child.startedFor()), orDash(child.livesIn()));
        }
        table.print(out);
    }

    private Stream<Share> everybody() {
        return Stream.concat(report.shares().stream(), Stream.of(report.unscoped()));
    }

    /** Processes that could not be looked at and did nothing here: a row of noughts, which JSON and CSV have. */
    private static boolean isIdleAndUnknown(Share share) {
        return share.kind().equals("unknown") && share.scopes() == 0 && share.childrenFor() + share.childrenIn() == 0;
    }

    private boolean isUnscoped(Share share) {
        return share.equals(report.unscoped());
    }

    /** How long it lived; with a plus if it was not seen to end. */
    private static String lifetime(Share share) {
        ContainerFacts facts = share.facts();
        if (facts.lifetime() >= 0) {
            return PsCommand.text(Duration.ofMillis(facts.lifetime()));
        }
        return facts.start() == 0
                ? "-"
                : PsCommand.text(Duration.ofMillis(Math.max(0, share.lastSeen() - facts.start()))) + "+";
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * part);
    }

    private static String bytes(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1 << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
