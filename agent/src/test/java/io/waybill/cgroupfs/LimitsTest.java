// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cgroupfs.Usage.Cpu;
import io.waybill.cgroupfs.Usage.Memory;
import io.waybill.cgroupfs.Usage.Tasks;
import io.waybill.cgroupfs.Usage.Throttling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit may be set on a group around the container's. */
class LimitsTest {
    @TempDir
    private Path mount;

    @Test
    void ofVersionTwoTheSmallestOnTheWayUpHolds() throws IOException {
        file("kubepods.slice/cpu.max", "max 100000");
        file("kubepods.slice/memory.max", "4096");
        file("kubepods.slice/pids.max", "max");
        file("kubepods.slice/pod.slice/cpu.max", "50000 100000");
        file("kubepods.slice/pod.slice/cpu.stat", "nr_periods 9", "nr_throttled 8", "throttled_usec 7");
        file("kubepods.slice/pod.slice/memory.max", "max");
        file("kubepods.slice/pod.slice/pids.max", "100");
        String container = "kubepods.slice/pod.slice/web-0/";
        file(container + "cpu.max", "200000 100000");
        file(container + "cpu.stat", "usage_usec 5", "nr_periods 3", "nr_throttled 0", "throttled_usec 0");
        file(container + "memory.current", "1024");
        file(container + "memory.max", "8192");
        file(container + "pids.current", "2");
        file(container + "pids.max", "max");

        Usage usage = new UsageReader(new ContainerGroups(group(container), Map.of()), 4).read();

        assertThat(usage.cpu()).isEqualTo(new Cpu(5000, 0.5, new Throttling(9, 8, 7000)));
        assertThat(usage.memory()).isEqualTo(new Memory(1024, 4096L));
        assertThat(usage.tasks()).isEqualTo(new Tasks(2, 100L));
    }

    @Test
    void ofVersionOneTheKernelTellsTheMemoryAndTheRestIsLookedFor() throws IOException {
        file("pod/cpu.cfs_quota_us", "30000");
        file("pod/cpu.cfs_period_us", "100000");
        file("pod/cpu.stat", "nr_periods 9", "nr_throttled 8", "throttled_time 7");
        file("pod/pids.max", "100");
        file("pod/web-0/cpuacct.usage", "5");
        file("pod/web-0/cpu.cfs_quota_us", "-1");
        file("pod/web-0/cpu.cfs_period_us", "100000");
        file("pod/web-0/cpu.stat", "nr_periods 0", "nr_throttled 0", "throttled_time 0");
        file("pod/web-0/memory.usage_in_bytes", "1024");
        file("pod/web-0/memory.limit_in_bytes", "9223372036854771712");
        file("pod/web-0/memory.stat", "cache 0", "hierarchical_memory_limit 4096", "total_cache 0");
        file("pod/web-0/pids.current", "2");
        file("pod/web-0/pids.max", "200");
        ControlGroup group = group("pod/web-0");

        Usage usage = new UsageReader(
                        new ContainerGroups(
                                null, Map.of("cpu", group, "cpuacct", group, "memory", group, "pids", group)),
                        4)
                .read();

        assertThat(usage.cpu()).isEqualTo(new Cpu(5, 0.3, new Throttling(9, 8, 7)));
        assertThat(usage.memory()).isEqualTo(new Memory(1024, 4096L));
        assertThat(usage.tasks()).isEqualTo(new Tasks(2, 100L));
    }

    @Test
    void aSetOfFewerProcessorsThanThereAreIsALimitWhereTheQuotaIsNotSmaller() throws IOException {
        file("pod/cpuset.cpus.effective", "0-1");
        file("pod/web-0/cpu.stat", "usage_usec 5", "nr_periods 0", "nr_throttled 0", "throttled_usec 0");
        ContainerGroups groups = new ContainerGroups(group("pod/web-0"), Map.of());

        assertThat(limit(groups, 4)).isEqualTo(2);
        assertThat(limit(groups, 2)).isNull();
        file("pod/web-0/cpuset.cpus.effective", "1");
        assertThat(limit(groups, 4)).isEqualTo(1);
        file("pod/web-0/cpu.max", "50000 100000");
        assertThat(limit(groups, 4)).isEqualTo(0.5);
        file("pod/web-0/cpu.max", "300000 100000");
        assertThat(limit(groups, 4)).isEqualTo(1);
    }

    @Test
    void theSetOfVersionOneIsInAHierarchyOfItsOwn() throws IOException {
        file("cpuacct/web-0/cpuacct.usage", "5");
        file("cpuset/web-0/cpuset.effective_cpus", "0,2-3");
        ContainerGroups groups =
                new ContainerGroups(null, Map.of("cpuacct", group("cpuacct/web-0"), "cpuset", group("cpuset/web-0")));

        assertThat(limit(groups, 8)).isEqualTo(3);
    }

    @Test
    void aThreadThatWasInterruptedReadsLikeAnyOtherAndStaysInterrupted() throws IOException {
        file("web-0/pids.current", "2");
        ContainerGroups groups = new ContainerGroups(group("web-0"), Map.of());

        Thread.currentThread().interrupt();
        Usage usage = new UsageReader(groups, 4).read();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(usage.tasks()).isEqualTo(new Tasks(2, null));
    }

    private static Double limit(ContainerGroups groups, int processors) {
        return new UsageReader(groups, processors).read().cpu().limit();
    }

    @Test
    void nothingAboveTheMountIsReadAndNoPathIsWalkedWithoutEnd() {
        ControlGroup deep = group("a/".repeat(200));

        assertThat(group("a/b").upwards()).containsExactly(mount.resolve("a/b"), mount.resolve("a"), mount);
        assertThat(deep.upwards()).hasSize(ControlGroup.LEVELS).startsWith(deep.folder());
        assertThat(new ControlGroup("", mount).upwards()).isEqualTo(List.of(mount));
    }

    private ControlGroup group(String path) {
        return new ControlGroup("/" + path, mount);
    }

    private void file(String path, String... lines) throws IOException {
        Path file = mount.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
