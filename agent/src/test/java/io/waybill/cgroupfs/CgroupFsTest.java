// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Provenance;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFsTest {
    private static final String ID = "b6c33be0c584";
    private static final long PID = 4711;

    @TempDir
    private Path machine;

    private CgroupFs cgroups;

    @BeforeEach
    void emptyMachine() {
        cgroups = new CgroupFs(new ProcFs(machine.resolve("proc")), machine);
    }

    @Test
    void versionTwoHasEverythingInOneFolder() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate");
        file("proc/4711/cgroup", "0::/system.slice/docker-" + ID + ".scope/init.scope");
        String group = "sys/fs/cgroup/system.slice/docker-" + ID + ".scope/";
        file(group + "cpu.stat", "usage_usec 431912", "nr_periods 20", "nr_throttled 19", "throttled_usec 1556979");
        file(group + "cpu.max", "20000 100000");
        file(group + "memory.current", "8192");
        file(group + "memory.max", "max");
        file(group + "pids.current", "3");
        file(group + "pids.max", "50");
        file(group + "io.stat", "254:0 rbytes=10 wbytes=2 rios=1 wios=1 dbytes=0 dios=0", "8:0 rbytes=1 wbytes=1");
        file(group + "cpu.pressure", "some avg10=14.12 avg60=2.55 avg300=0.53 total=1595881", "full total=2");
        file(group + "memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=7");
        file(group + "io.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=8");

        Usage usage = usage();

        assertThat(usage.cpu()).isEqualTo(new Usage.Cpu(431_912_000, 0.2, new Usage.Throttling(20, 19, 1_556_979_000)));
        assertThat(usage.memory()).isEqualTo(new Usage.Memory(8192, null));
        assertThat(usage.tasks()).isEqualTo(new Usage.Tasks(3, 50L));
        assertThat(usage.disk()).isEqualTo(new Usage.Disk(11, 3));
        assertThat(usage.pressure()).isEqualTo(new Usage.Pressure(1_595_881, 7, 8));
    }

    @Test
    void versionOneHasAFolderForEachController() throws IOException {
        file(
                "proc/self/mountinfo",
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
                "38 31 0:35 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio",
                "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids");
        file(
                "proc/4711/cgroup",
                "8:pids:/docker/" + ID,
                "7:blkio:/docker/" + ID,
                "4:memory:/docker/" + ID,
                "1:cpu,cpuacct:/docker/" + ID);
        file("sys/fs/cgroup/cpu,cpuacct/docker/" + ID + "/cpuacct.usage", "431912178");
        file("sys/fs/cgroup/cpu,cpuacct/docker/" + ID + "/cpu.cfs_quota_us", "-1");
        file("sys/fs/cgroup/cpu,cpuacct/docker/" + ID + "/cpu.cfs_period_us", "100000");
        file(
                "sys/fs/cgroup/cpu,cpuacct/docker/" + ID + "/cpu.stat",
                "nr_periods 20",
                "nr_throttled 20",
                "throttled_time 1556979842");
        file("sys/fs/cgroup/memory/docker/" + ID + "/memory.usage_in_bytes", "172032");
        file("sys/fs/cgroup/memory/docker/" + ID + "/memory.stat", "hierarchical_memory_limit 9223372036854771712");
        file("sys/fs/cgroup/pids/docker/" + ID + "/pids.current", "1");
        file("sys/fs/cgroup/pids/docker/" + ID + "/pids.max", "max");
        file(
                "sys/fs/cgroup/blkio/docker/" + ID + "/blkio.throttle.io_service_bytes_recursive",
                "254:0 Read 4096",
                "254:0 Write 512",
                "254:0 Total 4608",
                "Total 4608");

        Usage usage = usage();

        assertThat(usage.cpu())
                .isEqualTo(new Usage.Cpu(431_912_178, null, new Usage.Throttling(20, 20, 1_556_979_842)));
        assertThat(usage.memory()).isEqualTo(new Usage.Memory(172_032, null));
        assertThat(usage.tasks()).isEqualTo(new Usage.Tasks(1, null));
        assertThat(usage.disk()).isEqualTo(new Usage.Disk(4096, 512));
        assertThat(usage.pressure()).isNull();
    }

    @Test
    void bytesOfAGroupThatUsedNoDeviceAreNoneAndWithoutTheControllerUnknown() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate");
        file("proc/4711/cgroup", "0::/docker-" + ID + ".scope");
        String group = "sys/fs/cgroup/docker-" + ID + ".scope/";
        file(group + "pids.current", "3");

        assertThat(usage().disk()).isNull();

        Files.createFile(machine.resolve(group + "io.stat"));

        assertThat(usage().disk()).isEqualTo(new Usage.Disk(0, 0));
    }

    @Test
    void whereVersionOneCountsNoDeviceAtAllBytesAreUnknown() throws IOException {
        file("proc/self/mountinfo", "38 31 0:35 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio,pids");
        file("proc/4711/cgroup", "7:blkio,pids:/docker/" + ID);
        file("sys/fs/cgroup/blkio/docker/" + ID + "/pids.current", "3");
        file("sys/fs/cgroup/blkio/blkio.throttle.io_service_bytes_recursive", "Total 0");
        file("sys/fs/cgroup/blkio/docker/" + ID + "/blkio.throttle.io_service_bytes_recursive", "Total 0");

        assertThat(usage().disk()).isNull();

        file("sys/fs/cgroup/blkio/blkio.throttle.io_service_bytes_recursive", "254:0 Read 4096", "Total 4096");

        assertThat(usage().disk()).isEqualTo(new Usage.Disk(0, 0));
    }

    @Test
    void aMountThatShowsOnePartIsSeenThrough() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 /docker/" + ID + " /sys/fs/cgroup ro - cgroup2 cgroup rw");
        file("proc/4711/cgroup", "0::/docker/" + ID);
        file("sys/fs/cgroup/pids.current", "3");

        assertThat(usage().tasks()).isEqualTo(new Usage.Tasks(3, null));
    }

    @Test
    void aGroupSharedWithOthersIsNotTheContainers() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4711/cgroup", "0::/user.slice/user-1000.slice/session-" + ID + "a.scope");
        file("sys/fs/cgroup/user.slice/user-1000.slice/session-" + ID + "a.scope/pids.current", "3");

        assertThat(cgroups.usage(container(ID), List.of(PID))).isEmpty();
    }

    @Test
    void aPathAboveTheOwnRootIsNotWalked() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4711/cgroup", "0::/../" + ID);
        file("sys/fs/" + ID + "/pids.current", "3");

        assertThat(cgroups.usage(container(ID), List.of(PID))).isEmpty();
    }

    @Test
    void noLinkIsReadInPlaceOfAFile() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4711/cgroup", "0::/docker-" + ID + ".scope");
        file("secret", "3");
        Path link = machine.resolve("sys/fs/cgroup/docker-" + ID + ".scope/pids.current");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, machine.resolve("secret"));

        assertThat(cgroups.usage(container(ID), List.of(PID))).isEmpty();
    }

    @Test
    void anotherProcessOfTheContainerTellsWhereTheFirstIsAStranger() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4710/cgroup", "0::/init.scope");
        file("proc/4711/cgroup", "0::/docker-" + ID + ".scope");
        file("sys/fs/cgroup/docker-" + ID + ".scope/pids.current", "1");

        assertThat(cgroups.usage(container(ID), List.of(4710L, PID))).isPresent();
    }

    @Test
    void aContainerThatWentAndCameElsewhereIsFoundAgain() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4711/cgroup", "0::/a/lxc.payload.web-0");
        file("sys/fs/cgroup/a/lxc.payload.web-0/pids.current", "1");
        file("sys/fs/cgroup/b/lxc.payload.web-0/pids.current", "2");
        assertThat(cgroups.usage(container("web-0"), List.of(PID))).isPresent();

        file("proc/4712/cgroup", "0::/b/lxc.payload.web-0/.lxc");
        Files.delete(machine.resolve("sys/fs/cgroup/a/lxc.payload.web-0/pids.current"));

        assertThat(cgroups.usage(container("web-0"), List.of(4712L)))
                .hasValueSatisfying(usage -> assertThat(usage.tasks()).isEqualTo(new Usage.Tasks(2, null)));
    }

    @Test
    void whatIsNotOfTheKernelsFormIsNotKnown() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "nonsense");
        file("proc/4711/cgroup", "0::/docker-" + ID + ".scope", "nonsense");
        String group = "sys/fs/cgroup/docker-" + ID + ".scope/";
        file(group + "pids.current", "1");
        file(group + "memory.current", "many");
        file(group + "cpu.stat", "usage_usec", "usage_usec -", "usage_usec 99999999999999999999");
        file(group + "cpu.pressure", "some total=", "some");

        Usage usage = usage();

        assertThat(usage).isEqualTo(new Usage(null, null, new Usage.Tasks(1, null), null, null));
    }

    @Test
    void processorsAreThoseOfTheMachine() throws IOException {
        file("sys/devices/system/cpu/online", "0-3,8,10-11");

        assertThat(cgroups.processors()).isEqualTo(7);
    }

    private Usage usage() {
        return cgroups.usage(container(ID), List.of(PID)).orElseThrow();
    }

    static ContainerIdentity container(String id) {
        return new ContainerIdentity(
                id,
                ContainerRuntime.DOCKER,
                null,
                null,
                null,
                false,
                Map.of(),
                "/",
                new Provenance(Provenance.Source.CGROUP, "test", ""),
                List.of());
    }

    private void file(String path, String... lines) throws IOException {
        Path file = machine.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
