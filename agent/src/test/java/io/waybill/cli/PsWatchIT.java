// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ps --watch}, into a file and on a terminal. */
class PsWatchIT {
    @TempDir
    private Path folder;

    @Test
    void watchedPsShowsTheTableAgainUntilItIsEnded() throws Exception {
        try (Unshared namespace = Unshared.start();
                RunningJvm jvm = ChildJvm.on(Jdk.newest())
                        .startCommand("-jar", AgentJar.built().toString(), "ps", "--watch=1")) {
            jvm.awaitLine("INIT");
            jvm.awaitLine(namespace.initPid() + " ");
            jvm.awaitLines("INIT", 3);
            jvm.terminate();

            assertThat(jvm.join().out()).noneMatch(line -> line.indexOf('\u001b') >= 0);
        }
    }

    @Test
    void onATerminalTheScreenIsAsBeforeAfterwards() throws Exception {
        Needs.program("script");
        String command = Jdk.oldest().program("java") + " -jar " + AgentJar.built() + " ps --watch=1";

        Process script = new ProcessBuilder(
                        "script", "-qefc", command, folder.resolve("typescript").toString())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (script.isAlive() && !screen().contains("INIT")) {
            script.waitFor(50, TimeUnit.MILLISECONDS);
        }
        script.outputWriter().append('\003').flush(); // Ctrl-C

        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(screen())
                .containsSubsequence(
                        "\u001b[?1049h", "\u001b[H", "INIT", "\u001b[K", "\u001b[J", "\u001b[?25h\u001b[?1049l");
    }

    private String screen() throws IOException {
        Path typescript = folder.resolve("typescript");
        return Files.exists(typescript) ? Files.readString(typescript) : "";
    }

    @Test
    void whatDoesNotFitIsCounted() {
        assertThat(LiveView.inPlace(List.of("a", "b", "c"), 3)).contains("c").doesNotContain("more");
        assertThat(LiveView.inPlace(List.of("a", "b", "c"), 2))
                .contains("a", "… and 2 more")
                .doesNotContain("b");
    }
}
