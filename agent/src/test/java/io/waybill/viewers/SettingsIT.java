// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** What the tool of the JDK makes of the shipped settings and their controls. */
class SettingsIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void eachDetailHasWhatTheOneBeforeHas(Jdk jdk) throws Exception {
        Set<String> off = enabled(configured(jdk, "waybill-detail=off"));
        Set<String> containers = enabled(configured(jdk, "waybill-detail=containers"));
        Set<String> processes = enabled(configured(jdk, "waybill-detail=processes"));
        Set<String> resolutions = enabled(configured(jdk, "waybill-detail=resolutions"));

        assertThat(off).isEmpty();
        assertThat(containers)
                .containsExactly(
                        "waybill.Container",
                        "waybill.ContainerEnded",
                        "waybill.ContainerNamespace",
                        "waybill.ContainerPressure",
                        "waybill.ContainerSource",
                        "waybill.ContainerStarted",
                        "waybill.ContainerTotals",
                        "waybill.ContainerUsage",
                        "waybill.ResolverStatistics");
        assertThat(processes)
                .containsAll(containers)
                .contains("waybill.ProcessObserved", "waybill.ContainerScope")
                .hasSize(containers.size() + 2);
        assertThat(resolutions)
                .containsAll(processes)
                .contains("waybill.InitResolution")
                .hasSize(processes.size() + 1);
    }

    @OnBothJdks
    void periodAndThresholdsAreControls(Jdk jdk) throws Exception {
        Map<String, String> settings = configured(
                jdk, "waybill-usage-period=300ms", "waybill-scope-threshold=5ms", "waybill-resolution-threshold=7ms");

        assertThat(settings)
                .containsEntry("waybill.ContainerUsage#period", "300 ms")
                .containsEntry("waybill.ContainerScope#threshold", "5 ms")
                .containsEntry("waybill.InitResolution#threshold", "7 ms")
                .containsEntry("jdk.GarbageCollection#enabled", "true");
    }

    private Map<String, String> configured(Jdk jdk, String... controls) throws Exception {
        Path shipped = folder.resolve("waybill.jfc");
        if (!Files.exists(shipped)) {
            Outcome printed =
                    ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "jfc");
            Files.write(shipped, printed.out());
        }
        Path merged = folder.resolve("merged.jfc");
        Files.deleteIfExists(merged);
        String[] command = {"configure", "--input", "default.jfc," + shipped, "--output", merged.toString()};
        Outcome outcome = ChildJvm.tool(jdk, "jfr")
                .runCommand(Stream.of(command, controls).flatMap(Stream::of).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return Configuration.create(merged).getSettings();
    }

    private static Set<String> enabled(Map<String, String> settings) {
        Set<String> names = new TreeSet<>();
        settings.forEach((key, value) -> {
            if (key.startsWith("waybill.") && key.endsWith("#enabled") && value.equals("true")) {
                names.add(key.substring(0, key.indexOf('#')));
            }
        });
        return names;
    }
}
