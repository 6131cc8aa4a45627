// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report by commas, as RFC 4180 has it, a row for everybody; numbers are plain, times in ISO 8601. */
public final class CsvTable {
    private static final List<String> TITLES = List.of(
            "kind",
            "container_id",
            "name",
            "runtime",
            "image",
            "pod",
            "init_pid",
            "init_command",
            "pid_namespace",
            "start",
            "lifetime_ms",
            "exit_status",
            "recordings",
            "processes",
            "scopes",
            "scopes_ended_elsewhere",
            "time_ns",
            "time_share",
            "execution_samples",
            "cpu_time_samples",
            "cpu_share",
            "allocated_bytes",
            "allocation_share",
            "children_started_for",
            "children_in",
            "hottest_frame");

    private CsvTable() {}

    public static void write(Report report, PrintWriter out) {
        print(TITLES, out);
        Stream.concat(report.shares().stream(), Stream.of(report.unscoped()))
                .forEach(share -> print(row(report, share), out));
    }

    private static void print(List<String> cells, PrintWriter out) {
        out.print(cells.stream().map(SafeText::csv).collect(Collectors.joining(",")));
        out.print("\r\n");
    }

    private static List<String> row(Report report, Share share) {
        ContainerFacts facts = share.facts();
        List<String> cells = new ArrayList<>(List.of(
                share.kind(),
                share.containerId(),
                facts.name(),
                facts.runtime(),
                facts.image(),
                facts.pod(),
                facts.initPid() == 0 ? "" : Long.toString(facts.initPid()),
                facts.initCommand(),
                facts.pidNamespace() == 0 ? "" : Long.toString(facts.pidNamespace()),
                facts.start() == 0 ? "" : Instant.ofEpochMilli(facts.start()).toString(),
                facts.lifetime() < 0 ? "" : Long.toString(facts.lifetime()),
                facts.exitStatus()));
        Stream.of(
                        share.recordings(),
                        share.processes(),
                        share.scopes(),
                        share.endedElsewhere(),
                        share.nanos(),
                        part(report.timeShare(share)),
                        share.total(Weight.EXECUTION),
                        share.total(Weight.CPU_TIME),
                        part(report.cpuShare(share)),
                        share.total(Weight.ALLOCATION),
                        part(report.allocationShare(share)),
                        share.childrenFor(),
                        share.childrenIn())
                .map(String::valueOf)
                .forEach(cells::add);
        cells.add(share.stack(report.cpu()).hottest(1).stream()
                .map(StackNode.HotFrame::frame)
                .findFirst()
                .orElse(""));
        return cells;
    }

    private static String part(double part) {
        return String.format(Locale.ROOT, "%.4f", part);
    }
}
