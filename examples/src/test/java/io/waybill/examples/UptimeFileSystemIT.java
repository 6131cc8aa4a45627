// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sample02: an uptime of its own for each of two containers, and a report of what they cost. */
class UptimeFileSystemIT {
    /** In which the kernel counts ages, and the example rounds, seconds. */
    private static final double TICK = 0.011;

    private static final String SCOPE = "scope=io.waybill.examples.Sample02UptimeFileSystem#uptime(pid:0)";

    @TempDir
    private Path folder;

    static List<Path> jdks() throws IOException {
        return ExampleJvm.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyContainerReadsItsOwnUptimeAndTheReportHasBoth(Path jdk) throws Exception {
        RuncContainer.assumeOrFail(Files.exists(Path.of("/dev/fuse")), "/dev/fuse is needed");
        Path mountPoint = Files.createDirectory(folder.resolve("up"));
        Path recording = folder.resolve("uptime.jfr");
        try (ExampleJvm jvm = ExampleJvm.start(jdk, folder.resolve("out"), arguments(jdk, recording, mountPoint))) {
            jvm.awaitLine("mounted on " + mountPoint);
            try (RuncContainer one = start("web", mountPoint);
                    RuncContainer other = start("db", mountPoint)) {
                AtomicInteger waiting = new AtomicInteger();
                jvm.untilScopesOpen(() -> {
                    waiting.incrementAndGet();
                    return read(one, mountPoint, 1);
                });

                checkUptime(one, mountPoint);
                checkUptime(other, mountPoint);
                read(one, mountPoint, 300);
                read(other, mountPoint, 100);
                jvm.end();

                checkReport(jdk, recording, one, other, waiting.get());
            }
        } finally {
            umount(mountPoint);
        }
    }

    private static List<String> arguments(Path jdk, Path recording, Path mountPoint) {
        List<String> arguments = new ArrayList<>(ExampleJvm.quiet(jdk));
        arguments.addAll(List.of(
                "-Xlog:jfr+startup=off",
                "-XX:StartFlightRecording=filename=" + recording + ",jdk.ExecutionSample#period=1ms",
                "-javaagent:" + ExampleJvm.JAR + "=" + SCOPE,
                "-cp",
                ExampleJvm.classPath(),
                Sample02UptimeFileSystem.class.getName(),
                mountPoint.toString()));
        return arguments;
    }

    private RuncContainer start(String name, Path mountPoint) throws IOException {
        return RuncContainer.start(name, Files.createDirectory(folder.resolve(name)), mountPoint);
    }

    /** What is read lies between the ages of the container's init before and after. */
    private static void checkUptime(RuncContainer container, Path mountPoint) throws IOException {
        double before = age(container.initPid());

        double uptime = seconds(read(container, mountPoint, 1));

        assertThat(uptime).isBetween(before - TICK, age(container.initPid()) + TICK);
    }

    /** The last of some lines that a container reads. */
    private static String read(RuncContainer container, Path mountPoint, int times) throws IOException {
        String script = "i=0; while [ $i -lt " + times + " ]; do cat " + mountPoint + "/uptime; i=$((i+1)); done";
        List<String> lines = container.exec("sh", "-c", script).lines().toList();
        assertThat(lines).hasSize(times);
        return lines.get(times - 1);
    }

    private void checkReport(Path jdk, Path recording, RuncContainer one, RuncContainer other, int waiting)
            throws Exception {
        List<String> report = ExampleJvm.run(
                jdk,
                folder.resolve("report"),
                "-jar",
                ExampleJvm.JAR.toString(),
                "report",
                "--csv",
                recording.toString());

        long ofOne = scopes(report, one);
        long ofOther = scopes(report, other);

        assertThat(ofOne).isBetween(302L, 301L + waiting); // one at least of what was read while scopes were waited for
        assertThat(ofOther).isEqualTo(101);
        assertThat(number(report, one, "time_ns") + number(report, other, "time_ns"))
                .isPositive();
        assertThat(number(report, one, "execution_samples")).isPositive();
        assertThat(number(report, other, "execution_samples")).isPositive();
        assertThat(column(report, one, "time_share")).isNotEqualTo("0.0000");
        assertThat(column(report, other, "time_share")).isNotEqualTo("0.0000");
    }

    private static long scopes(List<String> report, RuncContainer container) {
        return number(report, container, "scopes");
    }

    private static long number(List<String> report, RuncContainer container, String column) {
        return Long.parseLong(column(report, container, column));
    }

    private static String column(List<String> report, RuncContainer container, String column) {
        String row = report.stream()
                .filter(line -> line.startsWith("container," + container.id() + ","))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report));
        return row.split(",", -1)[List.of(report.get(0).split(",", -1)).indexOf(column)];
    }

    /**
     * How long a process has been running, by the kernel's clock since boot.
     *
     * <pre>
     * 4711 (sleep) S 1 ... 20 0 1 0 8745893 ...
     *                               (22)
     * (22) its start, hundredths of a second after boot
     * </pre>
     */
    private static double age(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return seconds(Files.readString(Path.of("/proc/uptime"))) - Long.parseLong(fields[19]) / 100.0;
    }

    private static double seconds(String uptime) {
        return Double.parseDouble(uptime.split(" ", -1)[0]);
    }

    private static void umount(Path mountPoint) throws IOException {
        new ProcessBuilder("umount", "--lazy", mountPoint.toString())
                .start()
                .onExit()
                .join();
    }
}
