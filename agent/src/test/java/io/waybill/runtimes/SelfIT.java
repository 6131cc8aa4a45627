// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.waybill.runtimes.program.SelfProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM inside of a real container names that container: where it sees the cgroup's path, and where it does not. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Layout.class,
        names = {"V1", "SYSTEMD"})
record SelfIT(Layout layout) {
    private static Lab lab;

    @BeforeParameterizedClassInvocation
    static void start(Layout layout) throws Exception {
        lab = Lab.start(layout);
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void inDocker() throws Exception {
        Docker docker = new Docker(lab);
        docker.prepare();

        List<String> said = said(List.of("docker"), "inside-docker");

        String id = docker.inspect("inside-docker").id();
        assertThat(said).startsWith("ContainerId " + id, "Runtime docker");
        assertThat(said)
                .anyMatch(line -> line.startsWith("ResourceAttributes ")
                        && line.contains("key=container.id, value=" + id)
                        && line.contains("key=container.runtime, value=docker"));
        assertThat(said).endsWith("ContainerCount 1", "EndedCount 0");
        // Docker makes a cgroup namespace of the container's own on version 2
        assertThat(said).contains("Provenance " + (layout.isUnified() ? "mountinfo:docker-hostname" : "cgroup:docker"));
        assertThat(said.contains("CgroupPath /")).isEqualTo(layout.isUnified());

        List<String> unprivileged = said(
                List.of("docker"),
                "inside-unprivileged",
                "--cgroupns=private",
                "--user=65534:65534",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--read-only");

        // behind Docker's filter of system calls, which is on for each
        String[] status = {"/bin/busybox", "grep", "-E", "^(Seccomp|CapEff):", "/proc/self/status"};
        List<String> run = new ArrayList<>(List.of("docker", "run", "--rm", "--net=none", "--cap-drop=ALL", Lab.IMAGE));
        run.addAll(List.of(status));
        assertThat(lab.run(run.toArray(new String[0])).lines())
                .containsExactly("CapEff:\t0000000000000000", "Seccomp:\t2");
        String another = docker.inspect("inside-unprivileged").id();
        assertThat(unprivileged)
                .startsWith("ContainerId " + another, "Runtime docker", "Provenance mountinfo:docker-hostname");
    }

    /** With a /proc that cannot be written to, and nothing that tells but the host name, which is marked. */
    @Test
    void inLxcByTheHostNameAtLast() throws Exception {
        String name = "inside-lxc";
        Path out = Files.createDirectory(lab.folder().resolve(name + "-out"));
        List<String> lines = new ArrayList<>(List.of(
                "lxc.uts.name = " + name,
                "lxc.rootfs.path = dir:" + lab.folder().resolve("rootfs"),
                "lxc.net.0.type = empty",
                "lxc.mount.entry = proc proc proc ro,nosuid,nodev,noexec 0 0",
                "lxc.mount.entry = " + out + " mnt none bind,create=dir"));
        for (Path path : bound(name)) {
            lines.add("lxc.mount.entry = " + path + " " + path.toString().substring(1) + " none bind,ro,create="
                    + (Files.isDirectory(path) ? "dir" : "file"));
        }
        Path script = lab.folder().resolve(name).resolve("run");
        Files.writeString(script, String.join(" ", program(name)) + " >/mnt/said 2>&1\n");
        lines.add("lxc.init.cmd = /bin/sh " + script);
        Path config = Files.write(lab.folder().resolve(name + ".conf"), lines);
        String log = lab.folder().resolve(name + ".log").toString();

        lab.run("lxc-start", "--foreground", "--name", name, "--rcfile", config.toString(), "--logfile", log);

        assertThat(Files.readAllLines(out.resolve("said")))
                .containsSubsequence(
                        "ContainerId " + name, "Runtime lxc", "Provenance hostname:host-name", "CgroupPath /");
    }

    @Test
    void inPodman() throws Exception {
        Podman podman = Podman.ofRoot(lab);
        podman.prepare();

        List<String> said = said(podman.command(), "inside-podman");

        assertThat(said)
                .startsWith("ContainerId " + podman.inspect("inside-podman").id(), "Runtime podman");
    }

    /** The files of the network are the other container's then. */
    @Test
    void inPodmanBesideAContainerWhoseNetworkItShares() throws Exception {
        Podman podman = Podman.ofRoot(lab);
        podman.prepare();
        podman.started("network", "--net=none");

        List<String> said = saidOn("container:network", podman.command(), "inside-network");

        assertThat(said)
                .startsWith("ContainerId " + podman.inspect("inside-network").id(), "Runtime podman");
    }

    @Test
    void inPodmanWithoutRoot() throws Exception {
        Podman podman = Podman.ofUser(lab);
        podman.prepare();

        List<String> said = said(podman.command(), "inside-rootless");

        assertThat(said)
                .startsWith("ContainerId " + podman.inspect("inside-rootless").id(), "Runtime podman");
    }

    @Test
    void outsideOfAnyTheEnvironmentIsReadIfThatIsAllowed() throws Exception {
        String[] pod = {"env", "POD_NAME=web-0", "POD_NAMESPACE=shop"};

        assertThat(doctor(lab.jvm(Jdk.oldest()).startedBy(pod), "doctor", "--json"))
                .doesNotContain("web-0");
        assertThat(doctor(lab.jvm(Jdk.oldest()).startedBy(pod), "doctor", "--json", "--self-environment"))
                .isEqualTo("kubernetes shop/web-0, known by environment:downward-api");
    }

    private static String doctor(ChildJvm jvm, String... command) throws Exception {
        for (JsonElement each : JsonParser.parseString(String.join("\n", lab.waybill(jvm, command)))
                .getAsJsonArray()) {
            if (each.getAsJsonObject().get("name").getAsString().equals("this JVM is in")) {
                return each.getAsJsonObject().get("value").getAsString();
            }
        }
        throw new AssertionError("doctor does not say where it is");
    }

    /** What a JVM in a container says that is started with these options. */
    private static List<String> said(List<String> tool, String name, String... options)
            throws IOException, InterruptedException {
        return saidOn("none", tool, name, options);
    }

    private static List<String> saidOn(String network, List<String> tool, String name, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(tool);
        command.addAll(List.of("run", "--net=" + network, "--name", name));
        command.addAll(List.of(options));
        bound(name).forEach(path -> command.add("--volume=" + path + ":" + path + ":ro"));
        command.add(Lab.IMAGE);
        command.addAll(program(name));
        return lab.run(command.toArray(new String[0])).lines().toList();
    }

    /** The image has no JDK: it gets the machine's, with its libraries. */
    private static List<Path> bound(String name) throws IOException, InterruptedException {
        Path jar = Files.copy(AgentJar.built(), lab.folder().resolve(name + ".jar"));
        Path classes = lab.folder().resolve(name);
        lab.run("cp", "-r", ChildJvm.testClasses().toString(), classes.toString());
        Path home = Jdk.oldest().program("java").getParent().getParent();
        Stream<Path> system =
                Stream.of("/usr", "/lib", "/lib64", "/etc/java-17-openjdk").map(Path::of);
        return Stream.concat(system, Stream.of(home, jar, classes))
                .filter(Files::exists)
                .toList();
    }

    private static List<String> program(String name) {
        return List.of(
                Jdk.oldest().program("java").toString(),
                "-javaagent:" + lab.folder().resolve(name + ".jar") + "=period=200ms",
                "-cp",
                lab.folder().resolve(name).toString(),
                SelfProgram.class.getName(),
                "ContainerId",
                "Runtime",
                "Provenance",
                "CgroupPath",
                "ResourceAttributes");
    }
}
