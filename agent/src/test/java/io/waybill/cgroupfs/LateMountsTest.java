// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateMountsTest {
    private static final ContainerIdentity CONTAINER = CgroupFsTest.container("b6c33be0c584");

    @TempDir
    private Path machine;

    /** The application has used up its descriptors, for a moment. */
    @Test
    void mountsThatCouldNotBeReadAreReadTheNextTime() throws IOException {
        file("proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        file("proc/4711/cgroup", "0::/docker-b6c33be0c584.scope");
        file("sys/fs/cgroup/docker-b6c33be0c584.scope/pids.current", "3");
        AtomicBoolean exhausted = new AtomicBoolean(true);
        WholeFiles files = (path, limit) -> {
            if (exhausted.get() && path.endsWith("mountinfo")) {
                throw new IOException("open of " + path + ": errno 24 (EMFILE)");
            }
            return WholeFiles.BY_JDK.read(path, limit);
        };
        CgroupFs cgroups = new CgroupFs(new ProcFs(machine.resolve("proc")).readBy(files), machine);
        assertThat(cgroups.usage(CONTAINER, List.of(4711L))).isEmpty();

        exhausted.set(false);

        assertThat(cgroups.usage(CONTAINER, List.of(4711L)))
                .hasValueSatisfying(usage -> assertThat(usage.tasks()).isEqualTo(new Usage.Tasks(3, null)));
    }

    private void file(String path, String line) throws IOException {
        Path file = machine.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, line + "\n");
    }
}
