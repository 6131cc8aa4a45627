// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container whose name, in its cgroup, and whose command are made to be obeyed: by a terminal, a shell, a spreadsheet, a
 * browser, a console that takes patterns. It is shown by every way there is, and obeyed by none.
 */
class HostileIT {
    /** An escape sequence, quotes, wildcards, a formula, a tag, a byte that is not UTF-8, a right-to-left override. */
    private static final String NAME = "=1+1\\033]0;owned\\007\"*?,:%%n<script>\\377\\342\\200\\256";

    /** Fifteen bytes are what the kernel keeps of a command: with a line end and an escape sequence. */
    private static final String COMMAND = "\\033[2J\\n<b>\"=*?";

    @TempDir
    private Path folder;

    private Process container;
    private Path cgroup;
    private long pid;

    @BeforeEach
    void start() throws Exception {
        Needs.root();
        cgroup = Path.of(
                "/sys/fs/cgroup/pids/waybill-hostile-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        // of libvirt, which has no state here that could disown it
        String script = "name=$(printf '" + NAME + "'); command=$(printf '" + COMMAND + "')\n"
                + "group=" + cgroup + "/\"$name.libvirt-lxc\"; mkdir -p \"$group\"\n"
                + "program=" + folder + "/\"$command\"; cp \"$(command -v sleep)\" \"$program\"\n"
                // init moves itself: 0 is whoever writes
                + "exec unshare --pid --fork --kill-child sh -c 'echo 0 >\"$1\"/cgroup.procs; echo ready; "
                + "exec \"$2\" 1000' sh \"$group\" \"$program\"\n";
        container = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        new BufferedReader(new InputStreamReader(container.getInputStream(), StandardCharsets.UTF_8)).readLine();
        pid = container.toHandle().children().findAny().orElseThrow().pid();
    }

    @AfterEach
    void end() throws Exception {
        if (container != null) {
            container.destroyForcibly().waitFor();
            String remove = "for i in 1 2 3 4 5 6 7 8 9; do rmdir " + cgroup + "/* " + cgroup
                    + " 2>/dev/null && break; " + "sleep 0.1; done";
            new ProcessBuilder("sh", "-c", remove).start().waitFor();
        }
    }

    @OnBothJdks
    void noTerminalObeysIt(Jdk jdk) throws Exception {
        for (List<String> arguments : List.of(
                List.of("ps", "--processes"), List.of("ps", "--json"), List.of("resolve", Long.toString(pid)))) {
            List<String> command =
                    new ArrayList<>(List.of("-jar", AgentJar.built().toString()));
            command.addAll(arguments);
            Outcome outcome =
                    ChildJvm.on(jdk).environment("LC_ALL", "C.UTF-8").runCommand(command.toArray(new String[0]));

            assertThat(outcome.out()).anyMatch(line -> line.contains("owned"));
            assertThat(outcome.out()).allMatch(line -> line.chars().noneMatch(HostileIT::isObeyed));
            // of processes that are not ours, which even root may not be shown
            assertThat(outcome.err()).allMatch(line -> line.contains("could not be looked at"));
        }
    }

    @OnBothJdks
    void theBeansAndTheRecordingQuoteIt(Jdk jdk) throws Exception {
        Path recording = folder.resolve("hostile.jfr");

        Outcome outcome = ChildJvm.on(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=100ms")
                .run(FaultProgram.class, "agent=on", "seen=" + pid, "containers", "beans", "resolve=" + pid);

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("containers ") && line.contains(Long.toString(pid)));
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("beans ") && line.contains("none is a pattern"));
        List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
        List<RecordedEvent> events = of(all, "waybill.Container").stream()
                .filter(event -> event.getLong("initPid") == pid)
                .toList();
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getString("containerName")).contains("owned").hasSizeLessThanOrEqualTo(256);
        });
        String id = events.get(0).getString("containerId");
        assertThat(of(all, "waybill.ContainerSource"))
                .filteredOn(event -> event.getString("containerId").equals(id))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getString("cgroupPath")).hasSizeLessThanOrEqualTo(512);
                    assertThat(event.getString("remarks")).hasSizeLessThanOrEqualTo(2048);
                });
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .toList();
    }

    /** What a terminal does not print but does: control characters, and those that turn the direction of the text. */
    private static boolean isObeyed(int c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }
}
