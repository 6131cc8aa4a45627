// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the table of ratios from the samples that the script took.
 *
 * <p>Arguments: the file of samples (name, who, number, by tabs), how many containers the footprint was measured with, some
 * and many, for how many seconds, and the two JDKs' launchers.
 */
public final class Table {
    private static final String[] JDKS = {"17", "25"};
    private static final int FEW = 10;

    private final Map<String, double[]> samples = new TreeMap<>();

    private Table(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t");
            samples.merge(fields[0] + " " + fields[1], new double[] {Double.parseDouble(fields[2])}, Table::join);
        }
        samples.values().forEach(Arrays::sort);
    }

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Table table = new Table(Path.of(arguments[0]));
        MachineHeading.print(arguments[4], arguments[5]);
        table.calls();
        table.forks();
        table.scans();
        table.starts();
        table.footprint(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }

    private void calls() {
        print("");
        print("## Answers");
        print("");
        print("| nanoseconds | C | JDK 17 | JDK 25 | 17 : C | 25 : C | to reach |");
        print("|---|---|---|---|---|---|---|");
        call("cold: pid to verified init, in a new namespace", "cold", "cold", "2.2 / 1.3");
        call("whole: cold, and container, name and start from /proc", "whole", "whole", "");
        call("asked again, by one poll", "poll", "poll", "1.5");
        call("asked again, `cache=watched`, against a poll", "watched", "poll", "");
        call("a pid that nobody has", "missing", "missing", "");
        call("scope opened and closed, no recording, against a poll", "scope-without-jfr", "poll", "");
        call("scope opened and closed, recorded, against a poll", "scope-with-jfr", "poll", "");
    }

    private void call(String what, String name, String anchor, String target) {
        print(
                "| %s | %s | %s | %s | %s | %s | %s |",
                what,
                shown(anchor, "C", 1),
                shown(name, "17", 1),
                shown(name, "25", 1),
                ratio(name, "17", anchor, "C"),
                ratio(name, "25", anchor, "C"),
                target);
    }

    private void forks() {
        print("");
        print("Two forks, the way without an ioctl, in C: %s ns. So many times faster is:", shown("twoforks", "C", 1));
        print("");
        print("| | C | JDK 17 | JDK 25 | to reach |");
        print("|---|---|---|---|---|");
        for (String[] row : new String[][] {{"cold", "100"}, {"whole", ""}, {"poll", "1000"}, {"watched", "1000"}}) {
            print(
                    "| %s | %s | %s | %s | %s |",
                    row[0].equals("poll") ? "asked again" : row[0],
                    ratio("twoforks", "C", row[0], "C"),
                    ratio("twoforks", "C", row[0], "17"),
                    ratio("twoforks", "C", row[0], "25"),
                    row[1]);
        }
    }

    private void scans() {
        print("");
        print("## Watching all processes");
        print("");
        print("| microseconds | C | JDK 17 | JDK 25 | 17 : C | 25 : C | of a core, once in 5 s |");
        print("|---|---|---|---|---|---|---|");
        for (String count : new String[] {"100", "1000", "10000"}) {
            scan("a look at " + count + " known processes", "scan-" + count, true);
        }
        for (String count : new String[] {"100", "1000", "10000"}) {
            scan("first look at " + count + ", for each process", "first-" + count, false);
        }
    }

    private void scan(String what, String name, boolean share) {
        if (samples.containsKey(name + " C")) {
            String shares = String.format("%.3f %% / %.3f %%", median(name, "17") / 5e7, median(name, "25") / 5e7);
            print(
                    "| %s | %s | %s | %s | %s | %s | %s |",
                    what,
                    shown(name, "C", 1000),
                    shown(name, "17", 1000),
                    shown(name, "25", 1000),
                    ratio(name, "17", name, "C"),
                    ratio(name, "25", name, "C"),
                    share ? shares : "");
        }
    }

    private void starts() {
        print("");
        print("## Start-up");
        print("");
        print("| milliseconds for a program that says hello | JDK 17 | JDK 25 | more on 17 | more on 25 | to reach |");
        print("|---|---|---|---|---|---|");
        for (String[] row : new String[][] {
            {"no agent", "none", ""},
            {"an agent that does nothing", "nothing", ""},
            {"Waybill", "waybill", "80 / 40"},
            {"Waybill, `children=eager`", "eager", ""},
            {"Prometheus JMX exporter 1.0.1", "prometheus", ""},
            {"OpenTelemetry 2.10.0", "opentelemetry", ""}
        }) {
            print(
                    "| %s | %s | %s | %.0f | %.0f | %s |",
                    row[0],
                    shown("start-17", row[1], 1000),
                    shown("start-25", row[1], 1000),
                    added("17", row[1]),
                    added("25", row[1]),
                    row[2]);
        }
        print("");
        print(
                "OpenTelemetry adds %.0f times as much on 17, and %.0f times on 25 (to reach: 50). Of what Waybill adds, the JVM "
                        + "takes %.0f %% and %.0f %% for an agent that does nothing.",
                added("17", "opentelemetry") / added("17", "waybill"),
                added("25", "opentelemetry") / added("25", "waybill"),
                ofNothing("17"),
                ofNothing("25"));
    }

    /** The part of Waybill's start that an agent without a line of code takes; more than all of it, by the noise of both. */
    private double ofNothing(String jdk) {
        return Math.min(100, 100 * added(jdk, "nothing") / added(jdk, "waybill"));
    }

    private double added(String jdk, String who) {
        return (median("start-" + jdk, who) - median("start-" + jdk, "none")) / 1000;
    }

    private void footprint(int some, int containers, int seconds) {
        print("");
        print("## Memory and recording");
        print("");
        print("| the agent itself, in MiB more than without | JDK 17 | JDK 25 |");
        print("|---|---|---|");
        itself("heap", "heap");
        itself("resident memory", "rss");
        print("");
        print("| bytes for each of %d containers of runc | JDK 17 | JDK 25 | to reach |", containers);
        print("|---|---|---|---|");
        more("heap", "heap-many", containers, "2048");
        more("heap, with " + some + " of them", "heap-some", some, "flat");
        more("resident memory", "rss-many", containers, "");
        recorded("recording, once", "recorded-once-many", containers, 1);
        recorded("recording, usage, for each hour", "recorded-usage-many", containers, 3600.0 / seconds);
    }

    /** What the agent itself takes, with few containers. */
    private void itself(String what, String name) {
        List<String> cells = new ArrayList<>();
        for (String jdk : JDKS) {
            cells.add(String.format("%.1f", (median(name + "-few", jdk) - median(name + "-none", jdk)) / (1 << 20)));
        }
        print("| %s | %s |", what, String.join(" | ", cells));
    }

    private void more(String what, String name, int containers, String target) {
        List<String> cells = new ArrayList<>();
        for (String jdk : JDKS) {
            double grown = median(name, jdk) - median(name.replaceAll("-.*", "-few"), jdk);
            cells.add(String.format("%.0f", grown / (containers - FEW)));
        }
        print("| %s | %s | %s |", what, String.join(" | ", cells), target);
    }

    private void recorded(String what, String name, int containers, double times) {
        List<String> cells = new ArrayList<>();
        for (String jdk : JDKS) {
            cells.add(String.format("%.0f", median(name, jdk) * times / containers));
        }
        print("| %s | %s | |", what, String.join(" | ", cells));
    }

    private String ratio(String name, String who, String anchor, String anchorWho) {
        double ratio = median(name, who) / median(anchor, anchorWho);
        return Double.isNaN(ratio) ? "" : String.format(ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private String shown(String name, String who, double unit) {
        double[] sorted = samples.get(name + " " + who);
        return sorted == null
                ? ""
                : String.format(
                        "%.0f (%.0f–%.0f)", at(sorted, 0.5) / unit, at(sorted, 0.25) / unit, at(sorted, 0.75) / unit);
    }

    private double median(String name, String who) {
        double[] sorted = samples.get(name + " " + who);
        return sorted == null ? Double.NaN : at(sorted, 0.5);
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    private static double[] join(double[] some, double[] more) {
        double[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static void print(String text, Object... values) {
        System.out.println(values.length == 0 ? text : String.format(text, values));
    }
}
