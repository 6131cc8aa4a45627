// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.InitWay;
import io.waybill.api.NoContainer;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessConnector;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.WayProbe;
import io.waybill.procfs.Capabilities;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at the kernel, the rights, the runtimes and this JVM. */
final class Examination {
    private static final List<Path> RUNTIME_FOLDERS = List.of(
            Path.of("/var/lib/docker/containers"),
            Path.of("/run/containerd"),
            Path.of("/var/lib/containers/storage"),
            Path.of("/run/runc"),
            Path.of("/run/crun"),
            Path.of("/var/lib/lxc"));

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Examination() {}

    static List<Finding> make(IdentitySettings settings) {
        Examination examination = new Examination();
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, examination.complaints::add)) {
            ProcessStarts before = ProcessStarts.untilNow(answers.procFs());
            examination.machine(answers);
            int machines = examination.findings.size();
            examination.ways(answers);
            examination.rights(answers);
            examination.containers(answers);
            examination.jvm();
            examination.findings.add(machines, before.until(ProcessStarts.untilNow(answers.procFs())));
        }
        return examination.findings;
    }

    private void machine(Answers answers) {
        add("Machine", "kernel", System.getProperty("os.version") + " on " + System.getProperty("os.arch"));
        add(
                "Machine",
                "JDK",
                Runtime.version() + ", system calls through "
                        + (answers.binding().isEmpty() ? "nothing" : answers.binding()));
        for (String complaint : complaints) {
            findings.add(new Finding(
                    "Machine",
                    "complaint",
                    complaint,
                    complaint.contains("system calls")
                            ? "let java.io.tmpdir be a folder in which programs may run, or use JDK 22 or newer"
                            : "mount a procfs in the pid namespace of the JVM"));
        }
    }

    private void ways(Answers answers) {
        for (WayProbe probe : answers.namespaces().ways()) {
            add(
                    "From pid to init",
                    probe.way().text(),
                    (probe.works() ? "works: " : "does not work: ") + probe.answer());
        }
        String way = answers.namespaces().best().text();
        String advice = answers.namespaces().best() == InitWay.PROC_SCAN
                ? "Linux 6.11 or newer has the ioctl, unless a seccomp filter forbids it; until then each new"
                        + " namespace costs a pass over /proc"
                : "";
        findings.add(new Finding("From pid to init", "way in use", way, advice));
        String guard = answers.namespaces().guard();
        findings.add(new Finding(
                "From pid to init",
                "guard against recycled pids",
                guard,
                guard.equals("pidfd") ? "" : "Linux 5.3 or newer has pidfds, unless a seccomp filter forbids them"));
        add(
                "From pid to init",
                "own pid namespace",
                answers.namespaces().own().id().toString());
    }

    private void rights(Answers answers) {
        Capabilities capabilities = Capabilities.ofThisProcess(answers.procFs());
        add("Rights", "user", System.getProperty("user.name") + ", effective " + capabilities);
        AtomicInteger seen = new AtomicInteger();
        Refusals refused = new Refusals();
        try {
            answers.listProcesses((pid, inode) -> {
                Resolution resolution = answers.resolver().resolve(pid);
                seen.incrementAndGet();
                if (resolution instanceof Resolution.Refused each) {
                    refused.add(each);
                }
            });
        } catch (IOException e) {
            add("Rights", "listing of processes", String.valueOf(e.getMessage()));
        }
        findings.add(new Finding(
                "Rights",
                "processes refused",
                refused.count() + " of " + seen,
                refused.count() == 0 || capabilities.mayTrace()
                        ? refused.first()
                        : "run as root, or with CAP_SYS_PTRACE, to see other users' processes"));
        boolean live = isToldOfProcesses(answers);
        findings.add(new Finding(
                "Rights",
                "events of processes",
                live ? "yes" : "no",
                live
                        ? ""
                        : "containers that live less than a period are missed; in the initial namespaces the kernel"
                                + " tells of them, before Linux 6.6 to who has CAP_NET_ADMIN"));
    }

    private static boolean isToldOfProcesses(Answers answers) {
        try {
            Optional<ProcessConnector> connector = answers.connectProcesses();
            connector.ifPresent(ProcessConnector::close);
            return connector.isPresent();
        } catch (LinuxException e) {
            return false;
        }
    }

    private void containers(Answers answers) {
        Identity self = answers.self();
        add(
                "Containers",
                "this JVM is in",
                self instanceof ContainerIdentity container
                        ? container.runtime().text() + " " + container.id() + ", known by " + container.provenance()
                        : ((NoContainer) self).explanation());
        add("Containers", "cgroups", cgroups(answers.procFs()));
        for (Path folder : RUNTIME_FOLDERS) {
            // one within a folder that is closed to this user, as Docker's is, is neither there nor not there
            if (!Files.notExists(folder)) {
                boolean readable = Files.isReadable(folder);
                findings.add(new Finding(
                        "Containers",
                        folder.toString(),
                        readable ? "readable" : "not readable",
                        readable ? "" : "names and images of these containers need the right to read it, as root has"));
            }
        }
    }

    private void jvm() {
        for (String module : List.of("jdk.jfr", "java.management", "jdk.attach")) {
            boolean present = ModuleLayer.boot().findModule(module).isPresent();
            findings.add(new Finding(
                    "This JVM",
                    module,
                    present ? "present" : "absent",
                    present
                            ? ""
                            : "without it there are no " + (module.equals("jdk.jfr") ? "events" : "beans or attach")));
        }
    }

    private static String cgroups(ProcFs procFs) {
        List<String> lines = procFs.readSelf("cgroup").linesOrNone();
        long version1 = lines.stream()
                .filter(line -> !line.startsWith("0::") && !line.contains(":name="))
                .count();
        boolean version2 = lines.stream().anyMatch(line -> line.startsWith("0::"));
        if (version1 == 0) {
            return version2 ? "version 2" : "none";
        }
        return version2 ? "hybrid: " + version1 + " hierarchies of version 1, and version 2" : "version 1";
    }

    private void add(String subject, String name, String value) {
        findings.add(Finding.of(subject, name, value));
    }
}
