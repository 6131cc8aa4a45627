// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sends process events to the agent's netlink socket, as only the kernel should. */
class ForgedEventsIT {
    private static final int NETLINK_CONNECTOR = 11;
    private static final String TAKEN = "0";
    private static final String NOT_PERMITTED = "1";
    private static final String REFUSED = "111";

    @TempDir
    private Path folder;

    @OnBothJdks
    void whoMaySendThemEndsNoContainerAndOthersMayNot(Jdk jdk) throws Exception {
        Needs.root();
        Path go = folder.resolve("go");
        Path recording = folder.resolve("forged.jfr");
        try (Unshared container = Unshared.start();
                RunningJvm jvm = ChildJvm.on(jdk)
                        .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                        .agent("period=100ms")
                        .start(FaultProgram.class, "agent=on", "await=" + go, "looks=4", "containers")) {
            jvm.awaitLine("awaiting");
            Optional<String> port = portOf(jvm.pid());
            Needs.that(port.isPresent(), "the kernel's process events, which CAP_NET_ADMIN lets a JVM hear");
            String[] forged = {CProgram.compiled("forge").toString(), port.get(), Long.toString(container.initPid())};

            assertThat(run(forged, "setpriv", "--reuid", "65534", "--clear-groups"))
                    .isEqualTo(NOT_PERMITTED);
            assertThat(run(forged, "unshare", "--net")).isEqualTo(REFUSED);
            assertThat(run(forged)).isEqualTo(TAKEN);
            Files.createFile(go);
            Outcome outcome = jvm.join();

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .anyMatch(line -> line.startsWith("containers ") && line.contains("" + container.initPid()));
            assertThat(RecordingFile.readAllEvents(recording))
                    .noneMatch(event -> event.getEventType().getName().equals("waybill.ContainerEnded")
                            && event.getLong("initPid") == container.initPid());
        }
    }

    /**
     * The port id of a process's socket, by /proc/net/netlink.
     *
     * <pre>
     * sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
     * 0000000000000000 11  4711       00000001 0        0        0     2        0        12345
     *                  (1) (2)                                                           (3)
     * (1) the protocol; (2) the port id; (3) the inode, as the links in /proc/PID/fd have it
     * </pre>
     */
    private static Optional<String> portOf(long pid) throws IOException {
        List<String> own = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    continue; // the JVM has closed it meanwhile
                }
            }
        }
        return Files.readAllLines(Path.of("/proc/" + pid + "/net/netlink")).stream()
                .skip(1)
                .map(line -> line.strip().split(" +"))
                .filter(words -> words[1].equals("" + NETLINK_CONNECTOR) && own.contains("socket:[" + words[9] + "]"))
                .map(words -> words[2])
                .findFirst();
    }

    private static String run(String[] command, String... prefix) throws IOException, InterruptedException {
        String[] line = Stream.concat(Stream.of(prefix), Stream.of(command)).toArray(String[]::new);
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(String.join(" ", line)).isZero();
        return said;
    }
}
