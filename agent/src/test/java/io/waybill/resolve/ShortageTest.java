// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Resolution;
import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.procfs.ProcFs;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No descriptor is left for one call of a look, each in turn, as where the application takes those that it gives back at
 * once: the look has no answer then, or the right one, and the next look has the right one.
 */
class ShortageTest {
    private static final int NEVER = -1;
    private static final int MOST_CALLS = 100;

    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();
    private @Nullable Process outermost;
    private long pid;
    private int untilShort = NEVER;

    /** Two levels deep, and known by a process above that is called like a runtime: each takes several files to find out. */
    @BeforeEach
    void start() throws IOException {
        Needs.root();
        Path bubblewrap =
                Files.copy(Path.of("/usr/bin/unshare"), folder.resolve("bwrap"), StandardCopyOption.COPY_ATTRIBUTES);
        String[] nested = {"--pid", "--fork", "--kill-child"};
        List<String> line = new ArrayList<>(List.of(bubblewrap.toString()));
        line.addAll(List.of(nested));
        line.add("unshare");
        line.addAll(List.of(nested));
        line.addAll(List.of("sh", "-c", "echo ready; read wait"));
        Process process = new ProcessBuilder(line).start();
        outermost = process;
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        pid = Unshared.onlyChildOf(Unshared.onlyChildOf(process.pid()));
    }

    @AfterEach
    void end() throws InterruptedException {
        if (outermost != null) {
            outermost.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void noAnswerIsWrongForWantOfADescriptor() throws Exception {
        Resolution truth = look(NEVER, null);
        assertThat(truth.container())
                .hasValueSatisfying(
                        container -> assertThat(container.runtime()).isEqualTo(ContainerRuntime.BUBBLEWRAP));

        int calls = 0;
        while (calls < MOST_CALLS && look(calls, truth) != null) {
            calls++;
        }

        assertThat(wrong).isEmpty();
        assertThat(calls).isBetween(8, MOST_CALLS - 1);
    }

    /**
     * Looks twice, the second time with all that it takes.
     *
     * @param call which one of the first look there is no descriptor for
     * @param truth the right answer; null if it is not known yet
     * @return the first answer; null if it took fewer calls
     */
    private @Nullable Resolution look(int call, @Nullable Resolution truth) throws Exception {
        Linux linux = HookedLinux.withoutDescriptor(() -> untilShort >= 0 && untilShort-- == 0);
        ProcFs procFs = ProcFs.mounted().readBy(new KernelFiles(linux));
        try (NamespaceResolver namespaces = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE);
                ContainerResolver resolver = SettledResolver.over(namespaces, procFs, 16)) {
            untilShort = call;
            Resolution first = resolver.resolve(pid);
            boolean happened = call == NEVER || untilShort < 0;
            untilShort = NEVER;
            Resolution second = resolver.resolve(pid);
            if (truth != null) {
                check(first.equals(truth) || first instanceof Resolution.Unanswered, call, first);
                check(second.equals(truth), call, second);
            }
            return happened ? first : null;
        }
    }

    private void check(boolean right, int call, Resolution answer) {
        if (!right) {
            wrong.add("without a descriptor for call " + call + ": " + answer);
        }
    }
}
