// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ContainerStartedEvent;
import io.waybill.jfr.ContainerUsageEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.report.html.JfrHtmlRulesReport;

/** Mission Control's own report, of recordings with and without the fault. */
class RulesIT {
    @TempDir
    private Path folder;

    /** What happens while the recording runs. */
    @FunctionalInterface
    private interface Deed {
        void happen() throws Exception;
    }

    @Test
    void aNeighbourThatIsBusyDuringPausesIsNamed() throws Exception {
        String report = report(() -> usageDuringPauses("web-0", "other", 0.9f));

        assertThat(report).contains("Container web-0 was busy during 3 of");
    }

    @Test
    void aQuietNeighbourAndTheOwnContainerAreNot() throws Exception {
        String report = report(() -> {
            usageDuringPauses("quiet-0", "other", 0.1f);
            usageDuringPauses("myself", "own", 0.9f);
        });

        assertThat(report).contains("No other container was busy").doesNotContain("was busy during");
    }

    @Test
    void theContainerThatMostSamplesBelongToIsNamed() throws Exception {
        String report = report(() -> {
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            assertThat(burn()).isNotZero();
            scope.containerName = "batch-0";
            scope.commit();
        });

        assertThat(report).containsPattern("[0-9]+ % of the samples belong to container batch-0");
    }

    @Test
    void withoutScopesNoContainerHasTheSamples() throws Exception {
        String report = report(() -> {
            new ContainerScopeEvent().commit();
            assertThat(burn()).isNotZero();
        });

        assertThat(report).contains("No container has most of the samples");
    }

    @Test
    void theMissingRightIsNamed() throws Exception {
        String report = report(() -> {
            resolution(4711, "refused", "EACCES: CAP_SYS_PTRACE is missing");
            resolution(4711, "refused", "EACCES: CAP_SYS_PTRACE is missing");
            resolution(4712, "refused", "EACCES: CAP_SYS_PTRACE is missing");
            resolution(4713, "container", "");
        });

        assertThat(report).contains("Identity was refused for 2 processes: missing CAP_SYS_PTRACE");
    }

    @Test
    void whereNoRightIsMissingTheReasonIsGiven() throws Exception {
        String report = report(() -> resolution(4711, "refused", "EACCES; a security module of the kernel forbids it"));

        assertThat(report)
                .contains("Identity was refused for 1 process", "a security module of the kernel forbids it")
                .doesNotContain("missing", "Run the JVM as");
    }

    @Test
    void withAllAnswersNoRightIsMissing() throws Exception {
        assertThat(report(() -> resolution(4713, "container", "")))
                .contains("The init of every process could be looked for");
    }

    @Test
    void restartsAreCounted() throws Exception {
        String report = report(() -> {
            for (int i = 0; i < 4; i++) {
                started("flaky-0");
                ended("flaky-0");
            }
            started("steady-0");
        });

        assertThat(report).contains("Container flaky-0 was restarted 3 times", "signal 9");
    }

    @Test
    void aSingleStartIsNoRestart() throws Exception {
        String report = report(() -> {
            started("steady-0");
            ended("steady-0");
        });

        assertThat(report).contains("No container was restarted");
    }

    @Test
    void theJarIsAServiceOnAClassPathAndABundleInDropins() throws Exception {
        Path path = Path.of(Objects.requireNonNull(System.getProperty("waybill.test.rules")));
        try (JarFile jar = new JarFile(path.toFile());
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {path.toUri().toURL()}, getClass().getClassLoader())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.waybill.jmc.rules;singleton:=true");
            assertThat(manifest.getValue("Require-Bundle")).contains("org.openjdk.jmc.flightrecorder.rules");
            assertThat(jar.getEntry("plugin.xml")).isNotNull();
            assertThat(ServiceLoader.load(IRule.class, loader))
                    .extracting(IRule::getId)
                    .contains("io.waybill.NoisyNeighbour", "io.waybill.RefusedIdentity");
        }
    }

    @Test
    void theReportsOwnCommandLineTakesTheJarAsAService() throws Exception {
        Path file = record(() -> {
            started("flaky-0");
            ended("flaky-0");
            started("flaky-0");
        });
        Path report = folder.resolve("report.html");
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("waybill.test.rules")));
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        jar + File.pathSeparator + libraries,
                        JfrHtmlRulesReport.class.getName(),
                        file.toString(),
                        report.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();

        assertThat(java.waitFor()).isZero();
        assertThat(report).content().contains("Container flaky-0 was restarted");
    }

    private String report(Deed deed) throws Exception {
        return JfrHtmlRulesReport.createReport(record(deed).toFile());
    }

    private Path record(Deed deed) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.GCPhasePause");
            recording.enable("jdk.ExecutionSample").with("period", "10 ms");
            recording.start();
            deed.happen();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private static void usageDuringPauses(String name, String id, float share) {
        ProcessObservedEvent self = new ProcessObservedEvent();
        self.origin = "self";
        self.containerId = "own";
        self.commit();
        ContainerUsageEvent usage = new ContainerUsageEvent();
        usage.begin();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        usage.end();
        usage.containerName = name;
        usage.containerId = id;
        usage.cpuUsage = share;
        usage.throttled = Float.NaN;
        usage.commit();
    }

    /** Uses enough processor time for some dozen samples. */
    private static double burn() {
        double sum = 0;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + TimeUnit.SECONDS.toNanos(2);
        while (threads.getCurrentThreadCpuTime() < end) {
            for (int i = 0; i < 1_000_000; i++) {
                sum += Math.sqrt(sum + i);
            }
        }
        return sum;
    }

    private static void resolution(long pid, String outcome, String reason) {
        InitResolutionEvent event = new InitResolutionEvent();
        event.pid = pid;
        event.outcome = outcome;
        event.reason = reason;
        event.commit();
    }

    private static void started(String name) {
        ContainerStartedEvent event = new ContainerStartedEvent();
        event.containerName = name;
        event.commit();
    }

    private static void ended(String name) {
        ContainerEndedEvent event = new ContainerEndedEvent();
        event.containerName = name;
        event.exitStatus = "signal 9";
        event.commit();
    }
}
