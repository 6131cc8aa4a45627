// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.UnaskedProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What containers use costs nothing until somebody asks: without a recording, no file of their groups is opened. */
class UnaskedIT {
    private static final String LOOKS = "15";

    @TempDir
    private Path folder;

    @OnBothJdks
    void noFileOfAGroupIsOpenedUnlessABeanIsRead(Jdk jdk) throws Exception {
        Needs.program("strace");
        try (LimitedContainer container = LimitedContainer.sleeping()) {
            Path trace = folder.resolve("trace");
            Outcome outcome = ChildJvm.on(jdk)
                    .startedBy("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%file", "-o", trace.toString())
                    .agent("period=200ms")
                    .run(UnaskedProgram.class, Long.toString(container.initPid()), container.id(), LOOKS);

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).containsExactly("memory limit " + LimitedContainer.MEMORY_LIMIT);
            List<String> calls = Files.readAllLines(trace);
            int unasked = lineWith("\"/waybill-unasked\"", calls);
            int asked = lineWith("\"/waybill-asked\"", calls);
            List<String> before = calls.subList(0, asked);
            assertThat(calls.subList(unasked, asked).stream().filter(UnaskedIT::looksAtProcesses))
                    .as("looks at all processes")
                    .hasSizeGreaterThan(5);
            assertThat(before).noneMatch(call -> isOfGroup(call, container.id()));
            assertThat(calls.subList(asked, calls.size())).anyMatch(call -> isOfGroup(call, container.id()));
        }
    }

    private static boolean looksAtProcesses(String call) {
        return call.contains("\"/proc\"");
    }

    private static boolean isOfGroup(String call, String id) {
        return call.contains("\"/sys/fs/cgroup/") && call.contains("/" + id + "/");
    }

    private static int lineWith(String text, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no " + text + " in " + lines.size() + " lines");
    }
}
