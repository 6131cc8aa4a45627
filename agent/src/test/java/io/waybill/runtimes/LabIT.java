// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The machine that the other tests stand on: nothing of it is left, however it ends. */
class LabIT {
    @Test
    void aMachineThatIsClosedLeavesNothing() throws Exception {
        Path folder;
        List<Path> cgroups;
        try (Lab lab = Lab.start(Layout.V1)) {
            folder = lab.folder();
            cgroups = cgroups(lab);
            assertThat(cgroups).isNotEmpty().allMatch(Files::isDirectory);
            lab.serve("", "sleep", "900");
        }

        assertThat(folder).doesNotExist();
        assertThat(cgroups).noneMatch(Files::exists);
        assertThat(processesOf(folder)).isEmpty();
    }

    @Test
    void aMachineWhoseKeeperIsKilledLeavesNothing() throws Exception {
        Lab lab = Lab.start(Layout.V2);
        List<Path> cgroups = cgroups(lab);
        lab.serve("", "sleep", "900");
        ProcessHandle keeper = processesOf(lab.folder()).stream()
                .filter(process -> process.info().commandLine().orElse("").contains(" start "))
                .findFirst()
                .orElseThrow();

        // the child is what holds the cgroup namespace, and waits for standard input to end
        keeper.children().forEach(ProcessHandle::destroyForcibly);

        keeper.onExit().get(60, TimeUnit.SECONDS);
        assertThat(lab.folder()).doesNotExist();
        assertThat(cgroups).noneMatch(Files::exists);
        assertThat(processesOf(lab.folder())).isEmpty();
    }

    private static List<Path> cgroups(Lab lab) throws IOException {
        return Files.readAllLines(lab.folder().resolve("cgroups")).stream()
                .map(Path::of)
                .toList();
    }

    private static List<ProcessHandle> processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }
}
