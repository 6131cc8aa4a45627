// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A control group with limits that containers are started in, as a pod's is; closing it removes it. */
public final class LimitedGroup implements AutoCloseable {
    /** Of one processor, in each period of 100 ms. */
    public static final double CPU_LIMIT = 0.1;

    public static final long MEMORY_LIMIT = 48 << 20;
    public static final long TASKS_LIMIT = 40;

    private static final Path MOUNTS = Path.of("/sys/fs/cgroup");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "waybill-group-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private LimitedGroup() {}

    /** Makes one in the hierarchy that has the controllers; as root. */
    public static LimitedGroup make() throws IOException {
        LimitedGroup group = new LimitedGroup();
        if (Files.exists(MOUNTS.resolve("cgroup.controllers"))) {
            group.makeInTheSecond();
        } else {
            group.makeInTheFirst();
        }
        return group;
    }

    /** Its path, as in /proc. */
    public String path() {
        return "/" + name;
    }

    private void makeInTheFirst() throws IOException {
        for (Path hierarchy : folders(MOUNTS)) {
            Path folder = hierarchy.resolve(name);
            switch (hierarchy.getFileName().toString()) {
                case "cpu", "cpu,cpuacct" -> {
                    Files.createDirectories(folder);
                    Files.writeString(folder.resolve("cpu.cfs_quota_us"), "10000");
                }
                case "memory" -> {
                    Files.createDirectories(folder);
                    Files.writeString(folder.resolve("memory.limit_in_bytes"), Long.toString(MEMORY_LIMIT));
                }
                case "pids" -> {
                    Files.createDirectories(folder);
                    Files.writeString(folder.resolve("pids.max"), Long.toString(TASKS_LIMIT));
                }
                default -> {} // the runtime makes it where it wants it
            }
        }
    }

    private void makeInTheSecond() throws IOException {
        boolean io = Files.readString(MOUNTS.resolve("cgroup.controllers")).matches("(?s).*\\bio\\b.*");
        String controllers = "+cpu +memory +pids" + (io ? " +io" : "");
        Files.writeString(MOUNTS.resolve("cgroup.subtree_control"), controllers);
        Path folder = Files.createDirectory(MOUNTS.resolve(name));
        Files.writeString(folder.resolve("cgroup.subtree_control"), controllers);
        Files.writeString(folder.resolve("cpu.max"), "10000 100000");
        Files.writeString(folder.resolve("memory.max"), Long.toString(MEMORY_LIMIT));
        Files.writeString(folder.resolve("pids.max"), Long.toString(TASKS_LIMIT));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(MOUNTS.resolve(name));
        for (Path hierarchy : folders(MOUNTS)) {
            Files.deleteIfExists(hierarchy.resolve(name));
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(folders::add);
        }
        return folders;
    }
}
