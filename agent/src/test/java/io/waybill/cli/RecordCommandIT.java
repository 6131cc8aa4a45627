// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.Unshared;
import io.waybill.procfs.ProcFs;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that makes a fixture of a process on any machine. */
class RecordCommandIT {
    private static final String SECRET = "hunter2-" + ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @OnBothJdks
    void aRecordedProcessIsReadBackAsItWas(Jdk jdk) throws Exception {
        Path record = folder.resolve("record-" + jdk.feature());
        try (Unshared namespace = Unshared.running(
                "env", "PASSWORD=" + SECRET, "sh", "-c", "echo ready; read wait", "--password=" + SECRET)) {
            Outcome outcome = record(jdk, namespace.initPid(), record);

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.exitCode()).isZero();
            assertThat(read(record, namespace.initPid()))
                    .isEqualTo(ContainerIdentities.of(ProcFs.mounted(), IdentitySettings.defaults())
                            .identify(namespace.initPid()))
                    .isInstanceOf(NoContainer.class);
            assertThat(Files.readSymbolicLink(record.resolve(namespace.initPid() + "/ns/pid")))
                    .hasToString("pid:[" + Unshared.inodeOf(namespace.initPid()) + "]");
        }
        assertThat(filesWith(SECRET, record)).isEmpty();
        assertThat(record).isDirectoryContaining(file -> file.endsWith("answer.json"));
    }

    @Test
    void aRecordedContainerHasWhatItsRuntimeKeepsOfIt() throws Exception {
        Needs.root();
        Needs.program("runc");
        Path record = folder.resolve("record");
        String id = "record-" + ProcessHandle.current().pid();
        long init = runc(id);
        try {
            record(Jdk.oldest(), init, record);

            Identity identity = read(record, init);
            assertThat(identity).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                assertThat(container.id()).isEqualTo(id);
                assertThat(container.provenance().rule()).isEqualTo("runc-state");
            });
        } finally {
            new ProcessBuilder("runc", "delete", "-f", id).start().waitFor();
        }
        assertThat(filesWith(SECRET, record)).isEmpty();
    }

    @Test
    void whatAContainerCallsItselfCannotDriveTheTerminalOfWhoLooksThroughTheRecord() throws Exception {
        Path record = folder.resolve("record");
        // U+009B begins a control sequence as ESC [ does
        String rename = "printf '\\302\\23331mred' > /proc/self/comm; echo ready; read wait";
        try (Unshared namespace = Unshared.running("sh", "-c", rename)) {
            record(Jdk.oldest(), namespace.initPid(), record);
        }

        assertThat(Files.readString(record.resolve("answer.json")))
                .contains("\\u009b31mred")
                .doesNotContain("\u009b");
    }

    @Test
    void aFolderThatExistsIsLeftAlone() throws Exception {
        Outcome outcome = record(Jdk.oldest(), ProcessHandle.current().pid(), folder);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    /** A container of busybox that sleeps, with a secret in its arguments and environment. */
    private long runc(String id) throws IOException, InterruptedException {
        Path bundle = folder.resolve("bundle");
        Files.createDirectories(bundle.resolve("rootfs/proc"));
        Files.createDirectories(bundle.resolve("rootfs/bin"));
        Files.copy(Path.of("/bin/busybox"), bundle.resolve("rootfs/bin/busybox"));
        Files.writeString(bundle.resolve("config.json"), """
                {"ociVersion":"1.0.2","process":{"terminal":false,"user":{"uid":0,"gid":0},"cwd":"/",
                 "env":["PASSWORD=%1$s"],"args":["/bin/busybox","sleep","600"]},
                 "annotations":{"password":"%1$s"},"root":{"path":"%2$s/rootfs"},
                 "mounts":[{"destination":"/proc","type":"proc","source":"proc"}],
                 "linux":{"namespaces":[{"type":"pid"},{"type":"mount"}]}}
                """.formatted(SECRET, bundle));
        Process runc = new ProcessBuilder(
                        "runc", "run", "-d", "--bundle", bundle.toString(), "--pid-file", bundle + "/pid", id)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(bundle.resolve("error").toFile())
                .start();
        assertThat(runc.waitFor()).as(() -> error(bundle)).isZero();
        return Long.parseLong(Files.readString(bundle.resolve("pid")).strip());
    }

    private static String error(Path bundle) {
        try {
            return Files.readString(bundle.resolve("error"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Outcome record(Jdk jdk, long pid, Path folder) throws Exception {
        return ChildJvm.on(jdk)
                .runCommand("-jar", AgentJar.built().toString(), "record", "-o", folder.toString(), Long.toString(pid));
    }

    private static Identity read(Path record, long pid) {
        Path state = record.resolve("state");
        ContainerIdentities identities =
                ContainerIdentities.of(new ProcFs(record), new IdentitySettings(state, state, false, false, Map.of()));
        return identities.name(identities.identify(pid), pid).identity();
    }

    private static Stream<Path> filesWith(String text, Path folder) throws IOException {
        return Files.walk(folder).filter(Files::isRegularFile).filter(file -> {
            try {
                return Files.readString(file).contains(text);
            } catch (IOException e) {
                throw new IllegalStateException(file.toString(), e);
            }
        });
    }
}
