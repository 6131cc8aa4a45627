// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.Identity;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A procfs and the folders of runtimes, as a test needs them.
 *
 * @param folder where they are
 */
record MadeMachine(Path folder) {
    /** A process in a pid namespace of its own, with pid 1 there. */
    MadeMachine init(long pid, long startTicks, String cgroup) throws IOException {
        return process(pid, 1, startTicks, 0, cgroup, "pid:[" + (4_026_540_000L + pid) + "]", pid + "\t1");
    }

    /** A process of the host. */
    MadeMachine host(long pid, long parent, long user, String commandLine) throws IOException {
        process(pid, parent, 100, user, "/system.slice/x.service", "pid:[4026531836]", Long.toString(pid));
        return file("proc/" + pid + "/cmdline", commandLine.replace(' ', '\0') + "\0");
    }

    MadeMachine process(long pid, long parent, long startTicks, long user, String cgroup, String namespace, String pids)
            throws IOException {
        String own = "proc/" + pid + "/";
        file(own + "cgroup", "0::" + cgroup + "\n");
        file(
                own + "stat",
                pid + " (sleep) S " + parent + " 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + startTicks + " 0\n");
        file(
                own + "status",
                "Name:\tsleep\nState:\tS (sleeping)\nTgid:\t" + pid + "\nPPid:\t" + parent + "\nUid:\t" + user
                        + "\t0\t0\t0\nNSpid:\t" + pids + "\n");
        file(own + "mountinfo", "");
        Path link = folder.resolve(own + "ns/pid");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(namespace));
        return this;
    }

    MadeMachine mount(long pid, String root, String point) throws IOException {
        return file("proc/" + pid + "/mountinfo", "1 2 254:0 " + root + " " + point + " rw - ext4 /dev/vda rw\n");
    }

    MadeMachine file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    ContainerIdentities identities() {
        return identities(new ProcFs(folder.resolve("proc")));
    }

    ContainerIdentities identities(ProcFs procFs) {
        return ContainerIdentities.of(procFs, new IdentitySettings(folder, folder, false, false, Map.of()));
    }

    Identity named(long pid) {
        return named(identities(), pid);
    }

    /** The same, by those that know some containers already. */
    static Identity named(ContainerIdentities identities, long pid) {
        return identities.name(identities.identify(pid), pid).identity();
    }

    /** Where Docker keeps what {@link #docker} makes. */
    static String dockerFile(String id) {
        return "var/lib/docker/containers/" + id + "/config.v2.json";
    }

    static String docker(String name, long pid) {
        return "{\"State\":{\"Pid\":" + pid + "},\"Name\":\"/" + name + "\",\"Config\":{\"Image\":\"nginx:1\"}}";
    }
}
