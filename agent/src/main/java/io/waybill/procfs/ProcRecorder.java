// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Records what a procfs says of processes into a folder, which can be read as a procfs again: as much as tells which
 * container they are in, and nothing else. No environment, no arguments but those that name a container, no mounts of data.
 *
 * @param procFs what is recorded
 * @param folder where to
 */
public record ProcRecorder(ProcFs procFs, Path folder) {
    private static final Set<String> STATUS = Set.of("Name", "State", "Tgid", "Pid", "PPid", "Uid", "NStgid", "NSpid");

    /** What holds containers, and its options that say which; what stands behind these is the container's own. */
    private static final Map<String, Set<String>> HOLDERS = Map.of(
            "conmon", Set.of("-c", "--cid", "-b", "--bundle"),
            "containerd-shim", Set.of("-namespace", "--namespace", "-id", "--id"),
            "systemd-nspawn", Set.of("-M", "--machine"),
            "lxc-start", Set.of("-n", "--name", "-P", "--lxcpath"),
            "lxc-attach", Set.of("-n", "--name", "-P", "--lxcpath"),
            "lxc-execute", Set.of("-n", "--name", "-P", "--lxcpath"));

    /** Mounts that runtimes make over well-known files; volumes and homes are not among them. */
    private static final Set<String> MOUNTS = Set.of(
            "/",
            "/proc",
            "/etc/hostname",
            "/etc/hosts",
            "/etc/resolv.conf",
            "/run/.containerenv",
            "/run/secrets",
            "/run/host/incoming",
            "/dev/termination-log",
            "/app");

    /** Those of them that lead to where a runtime keeps its containers. */
    private static final Set<String> FILES =
            Set.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/run/.containerenv");

    /** Deeper than any process is below its container's monitor. */
    private static final int GENERATIONS = 32;

    /**
     * Records processes and those above them.
     *
     * @return the processes that were recorded
     * @throws IOException if the folder cannot be written
     */
    public Set<Long> record(Collection<Long> pids) throws IOException {
        Set<Long> recorded = new LinkedHashSet<>();
        for (long pid : pids) {
            long next = pid;
            for (int i = 0; i < GENERATIONS && next > 0 && recorded.add(next); i++) {
                next = process(next);
            }
        }
        machine(recorded);
        return recorded;
    }

    /** What tells in which namespaces the reader itself is, where it has runtimes' files, and when the machine was started. */
    private void machine(Set<Long> recorded) throws IOException {
        link("self/ns/cgroup", procFs.readSelfLink("ns/cgroup"));
        List<MountInfoLine> files = recorded.stream()
                .flatMap(pid ->
                        MountInfoLine.parseAll(procFs.read(pid, "mountinfo").linesOrNone()).stream())
                .filter(mount -> FILES.contains(mount.mountPoint()))
                .toList();
        write("self/mountinfo", procFs.readSelf("mountinfo").linesOrNone(), line -> leadsTo(files, line));
        write("stat", procFs.readFile("stat").linesOrNone(), line -> line.startsWith("btime "));
    }

    /** Records one process, and tells its parent. */
    private long process(long pid) throws IOException {
        String own = pid + "/";
        write(own + "cgroup", procFs.read(pid, "cgroup").linesOrNone(), line -> true);
        write(own + "mountinfo", procFs.read(pid, "mountinfo").linesOrNone(), ProcRecorder::tells);
        write(own + "stat", procFs.read(pid, "stat").linesOrNone(), line -> true);
        write(own + "comm", procFs.read(pid, "comm").linesOrNone(), line -> true);
        List<String> status = procFs.read(pid, "status").linesOrNone();
        write(own + "status", status, line -> STATUS.contains(line.substring(0, Math.max(0, line.indexOf(':')))));
        link(own + "ns/pid", procFs.readLink(pid, "ns/pid"));
        link(own + "ns/cgroup", procFs.readLink(pid, "ns/cgroup"));
        String line = String.join("\n", procFs.read(pid, "cmdline").linesOrNone());
        Files.writeString(
                folder.resolve(own + "cmdline"),
                String.join("\0", told(List.of(line.split("\0", -1)))) + "\0",
                StandardCharsets.UTF_8);
        return parent(status);
    }

    private static long parent(List<String> status) {
        try {
            return status.isEmpty() ? 0 : ProcStatus.parse(status).parentPid();
        } catch (ProcFormatException e) {
            return 0;
        }
    }

    /** Whether a mount shows what one of these others shows of the same file system. */
    private static boolean leadsTo(List<MountInfoLine> files, String line) {
        return MountInfoLine.parseAll(List.of(line)).stream()
                .anyMatch(mount ->
                        files.stream().anyMatch(file -> mount.pathOf(file).isPresent()));
    }

    private static boolean tells(String line) {
        return MountInfoLine.parseAll(List.of(line)).stream()
                .anyMatch(mount -> mount.fileSystem().startsWith("cgroup") || MOUNTS.contains(mount.mountPoint()));
    }

    /** The program, and what names the container. LXC's monitor has written over its arguments: they are all one. */
    public static List<String> told(List<String> arguments) {
        String program = arguments.get(0);
        if (program.startsWith("[lxc monitor] ")) {
            return List.of(program);
        }
        List<String> told = new ArrayList<>();
        told.add(program.split(" ", 2)[0]);
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (arguments.size() > 3 && arguments.get(1).equals("forkexec")) {
            told.addAll(arguments.subList(1, 4)); // LXD and Incus: the container, and the folder that it is in
        }
        Set<String> options = new HashSet<>(
                HOLDERS.getOrDefault(name.startsWith("containerd-shim") ? "containerd-shim" : name, Set.of()));
        for (int i = 1; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            String[] option = arguments.get(i).split("=", 2);
            if (options.remove(option[0])) {
                told.add(arguments.get(i));
                if (option.length == 1 && i + 1 < arguments.size()) {
                    told.add(arguments.get(++i));
                }
            }
        }
        return told;
    }

    private void write(String file, List<String> lines, Predicate<String> kept) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path, lines.stream().filter(kept).map(line -> line + "\n").collect(Collectors.joining()));
    }

    private void link(String file, ProcText target) throws IOException {
        List<String> lines = target.linesOrNone();
        if (!lines.isEmpty()) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, Path.of(lines.get(0)));
        }
    }
}
