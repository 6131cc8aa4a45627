// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.namespace.Unshared;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LandlockDomain;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say where the kernel does not show a process: the right that is missing, or who forbids it. */
class RefusedIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void anotherUserIsToldWhatIsMissing(Jdk jdk) throws Exception {
        Needs.root();
        Path jar = jarForAnyone();

        try (Unshared namespace = Unshared.start()) {
            String pid = Long.toString(namespace.initPid());
            Outcome ps = run(asNobody(jdk), jar, "ps", "--json");
            Outcome resolve = run(asNobody(jdk), jar, "resolve", "--json", pid);
            Outcome doctor = run(asNobody(jdk), jar, "doctor");

            assertThat(ps.exitCode()).isZero();
            assertThat(ps.err())
                    .singleElement()
                    .asString()
                    .matches("waybill: [0-9]+ processes could not be looked at, the first of them pid [0-9]+: .*")
                    .contains("needs the right to trace it (CAP_SYS_PTRACE), which root has");
            assertThat(resolve.exitCode()).isEqualTo(1);
            JsonObject answer =
                    JsonParser.parseString(String.join("\n", resolve.out())).getAsJsonObject();
            assertThat(answer.get("outcome").getAsString()).isEqualTo("refused");
            assertThat(answer.get("reason").getAsString()).contains(pid, "errno", "CAP_SYS_PTRACE");
            assertThat(answer.get("pidInside").getAsLong()).isEqualTo(1);
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.out())
                    .anyMatch(line -> line.contains("processes refused") && line.contains("run as root"));
        }
    }

    /** Docker's folder has mode 0710, so others do not even see whether there are containers in it. */
    @OnBothJdks
    void doctorTellsOfTheFolderOfARuntimeThatIsWithinAClosedOne(Jdk jdk) throws Exception {
        Needs.root();
        String closed =
                "mount -t tmpfs tmpfs /var/lib && mkdir -m 710 /var/lib/docker && mkdir /var/lib/docker/containers"
                        + " && exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"";
        ChildJvm nobody = ChildJvm.on(jdk).startedBy("unshare", "--mount", "sh", "-c", closed, "sh");

        Outcome doctor = run(nobody, jarForAnyone(), "doctor");

        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out())
                .anyMatch(line -> line.matches("  /var/lib/docker/containers +not readable"))
                .anyMatch(line -> line.startsWith("  /var/lib/docker/containers: names and images"));
    }

    @OnBothJdks
    void whoMayNotAttachIsToldWhoMay(Jdk jdk) throws Exception {
        Needs.root();
        Path jar = jarForAnyone();

        try (Unshared namespace = Unshared.start()) {
            Outcome attach = run(asNobody(jdk), jar, "attach", Long.toString(namespace.initPid()));

            assertThat(attach.exitCode()).isEqualTo(3);
            assertThat(attach.err())
                    .singleElement()
                    .asString()
                    .contains("the process " + namespace.initPid() + " is of user root and not open to nobody")
                    .endsWith("permission denied; run this command as that user or as root");
        }
    }

    @OnBothJdks
    void rootIsToldThatASecurityModuleForbidsIt(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.start()) {
            Path jar = AgentJar.built();
            String pid = Long.toString(namespace.initPid());
            Outcome ps = run(LandlockDomain.of(ChildJvm.on(jdk)), jar, "ps");
            Outcome resolve = run(LandlockDomain.of(ChildJvm.on(jdk)), jar, "resolve", pid);
            Outcome doctor = run(LandlockDomain.of(ChildJvm.on(jdk)), jar, "doctor");
            Outcome attach = run(LandlockDomain.of(ChildJvm.on(jdk)), jar, "attach", pid);

            assertThat(attach.err())
                    .singleElement()
                    .asString()
                    .contains("a security module of the kernel forbids it")
                    .doesNotContain("as that user or as root");
            assertThat(ps.err()).singleElement().asString().contains("this JVM may trace any process", "Landlock");
            assertThat(resolve.exitCode()).isEqualTo(1);
            assertThat(resolve.out()).anyMatch(line -> line.contains("because") && line.contains("Landlock"));
            assertThat(doctor.out()).anyMatch(line -> line.matches("  processes refused: pid [0-9]+: .*Landlock.*"));
            assertThat(ps.err().get(0) + resolve.out() + doctor.out()).doesNotContain("root has", "run as root");
        }
    }

    /** Where another user may read it. */
    private Path jarForAnyone() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.copy(AgentJar.built(), folder.resolve("waybill-agent.jar"));
    }

    private static ChildJvm asNobody(Jdk jdk) {
        return ChildJvm.on(jdk).startedBy("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    }

    private static Outcome run(ChildJvm jvm, Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return jvm.runCommand(command.toArray(new String[0]));
    }
}
