// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.namespace.Unshared;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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

        // a JVM that finds the signal ignored, as in the background of a script, goes on ignoring it
        Process script = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        "script",
                        "-qefc",
                        command,
                        folder.resolve("typescript").toString())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (script.isAlive() && !screen().contains("\u001b[J")) { // which ends the first table
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
        // a character may be half written, which is an error where UTF-8 is asked for
        return Files.exists(typescript) ? Files.readString(typescript, StandardCharsets.ISO_8859_1) : "";
    }

    @Test
    void whatIsStillBeingMadeAtTheEndIsNotShown() {
        StringWriter screen = new StringWriter();
        LiveView view = new LiveView(new PrintWriter(screen), true);
        Iterator<String> tables = List.of("first", "last").iterator();

        assertThatThrownBy(() -> view.show(0, out -> {
                    String table = tables.next();
                    if (table.equals("last")) {
                        view.end();
                    }
                    out.print(table);
                }))
                .isInstanceOf(NoSuchElementException.class);

        assertThat(screen.toString()).contains("first").doesNotContain("last").endsWith("\u001b[?25h\u001b[?1049l");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        assertThat(LiveView.inPlace(List.of("a", "b", "c"), new Terminal.Size(3, 80)))
                .contains("c")
                .doesNotContain("more");
        assertThat(LiveView.inPlace(List.of("a", "b", "c"), new Terminal.Size(2, 80)))
                .contains("a", "… and 2 more")
                .doesNotContain("b");
        assertThat(LiveView.inPlace(List.of("a", "b"), new Terminal.Size(1, 80)))
                .contains("… and 2 more")
                .doesNotContain("\n");
    }

    @Test
    void aLineThatIsTooLongForTheTerminalTakesNoSecondOne() {
        String screen = LiveView.inPlace(List.of("INIT  COMMAND", "4711  \ud83d\ude00leep"), new Terminal.Size(24, 9));

        assertThat(screen).contains("INIT  C…", "4711  \ud83d\ude00…").doesNotContain("OMMAND", "leep");
    }

    @Test
    void theSizeOfATerminalIsWhatSttySays() {
        assertThat(Terminal.Size.parse("24 80")).isEqualTo(new Terminal.Size(24, 80));
        for (String unknown : List.of("0 0", "", "stty: 'standard input': Inappropriate ioctl for device")) {
            assertThat(Terminal.Size.parse(unknown)).isEqualTo(Terminal.Size.UNKNOWN);
        }
    }
}
