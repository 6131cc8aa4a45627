// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A container of runc with limits; closing it ends and removes it. */
public final class LimitedContainer implements AutoCloseable {
    /** Of one processor, in each period of 100 ms. */
    public static final double CPU_LIMIT = 0.2;

    public static final long MEMORY_LIMIT = 64 << 20;
    public static final long TASKS_LIMIT = 50;

    private static final String CPU = "\"cpu\": {\"quota\": 20000, \"period\": 100000}, ";
    /** For a quarter of an hour at most, should whoever started it be killed. */
    private static final String SPINNING = "ulimit -t 200; while true; do i=1; done";

    private static final String SLEEPING = "sleep 600";
    private static final String COPYING = "dd if=/bin/busybox of=/one bs=4096 count=64 conv=fsync; while true; do"
            + " dd if=/one iflag=direct of=/two oflag=direct bs=4096 count=64; sleep 0.1; done";
    /** Once it may, a text that is twice as long each time. */
    private static final String GREEDY = "until [ -e /go ]; do sleep 0.1; done; a=0123456789; while a=$a$a; do :; done";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id;
    private final Path folder;

    private LimitedContainer(String id, Path folder) {
        this.id = id;
        this.folder = folder;
    }

    /** One that takes all the processor time it can get. */
    public static LimitedContainer spinning() throws IOException {
        return start(SPINNING, "", CPU);
    }

    /**
     * One that takes all it can get in a group with smaller limits. Its own is none for processors: in version 1 a group
     * cannot be granted more than the one around it.
     */
    public static LimitedContainer spinningIn(LimitedGroup group) throws IOException {
        return start(SPINNING, group.path(), "");
    }

    /** One that does nothing. */
    public static LimitedContainer sleeping() throws IOException {
        return start(SLEEPING, "", CPU);
    }

    /**
     * One that does nothing, after a hook for which the runtime waits some seconds before it writes the container down.
     *
     * @param hook {@code createRuntime}, which runs outside, or {@code createContainer}, which runs in its namespaces
     */
    public static LimitedContainer sleepingAfterHook(String hook, int seconds) throws IOException {
        String sleep = "{\"path\": \"/bin/sleep\", \"args\": [\"sleep\", \"%d\"]}".formatted(seconds);
        return start(SLEEPING, "", "", "\"hooks\": {\"" + hook + "\": [" + sleep + "]},");
    }

    /** One that may run on the first processor only. */
    public static LimitedContainer pinned() throws IOException {
        return start(SLEEPING, "", "\"cpu\": {\"cpus\": \"0\"}, ");
    }

    /**
     * One that reads and writes a block device, by no more than a GiB per second. Without a limit, version 1 does not count
     * (blk-throttle is idle until there is one, since Linux 6.10).
     *
     * @param device what {@link BlockDevice} says of the temporary folder
     */
    public static LimitedContainer copying(BlockDevice device) throws IOException {
        String limit = "[{\"major\": " + device.major() + ", \"minor\": " + device.minor() + ", \"rate\": 1073741824}]";
        return start(COPYING, "", "\"blockIO\": {\"throttleReadBpsDevice\": " + limit + "}, ");
    }

    /** One that takes more memory than it may have, once it is let go. */
    public static LimitedContainer greedy() throws IOException {
        return start(GREEDY, "", "");
    }

    /** Lets it go. */
    public void letGo() throws IOException {
        Files.createFile(folder.resolve("rootfs/go"));
    }

    private static LimitedContainer start(String script, String group, String limits) throws IOException {
        return start(script, group, limits, "");
    }

    private static LimitedContainer start(String script, String group, String limits, String hooks) throws IOException {
        boolean possible = System.getProperty("user.name").equals("root")
                && Files.isExecutable(Path.of("/usr/sbin/runc"))
                && Files.isExecutable(Path.of("/bin/busybox"));
        assertFalse(!possible && "true".equals(System.getenv("CI")), "root, runc and busybox are needed");
        assumeTrue(possible, "root, runc and busybox are needed");
        Path folder = TemporaryFolder.create("waybill-container");
        Path bin = Files.createDirectories(folder.resolve("rootfs/bin"));
        Files.createDirectories(folder.resolve("rootfs/proc"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        String id = "waybill-limited-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Files.writeString(folder.resolve("config.json"), configuration(script, group + "/" + id, limits, hooks));
        LimitedContainer container = new LimitedContainer(id, folder);
        container.runc("run", "--detach", "--bundle", folder.toString(), "--pid-file", folder + "/pid", id);
        return container;
    }

    public String id() {
        return id;
    }

    public long initPid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }

    /** Whether it has a group of version 2, alone or beside version 1, that accounts for pressure. */
    public boolean hasPressure() {
        return Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
                .anyMatch(mount -> Files.exists(Path.of(mount, id, "cpu.pressure")));
    }

    @Override
    public void close() throws IOException {
        runc("delete", "--force", id);
    }

    private void runc(String... arguments) throws IOException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("runc");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile())
                .redirectError(log.toFile())
                .start();
        if (!isDone(process)) {
            throw new IOException(builder.command() + ": " + Files.readString(log));
        }
    }

    private static boolean isDone(Process process) {
        try {
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String configuration(String script, String cgroupPath, String limits, String hooks) {
        return """
                {"ociVersion": "1.0.2", "hostname": "limited",
                 "process": {"cwd": "/", "user": {"uid": 0, "gid": 0}, "noNewPrivileges": true,
                             "args": ["/bin/busybox", "sh", "-c", "%s"]},
                 "root": {"path": "rootfs", "readonly": false},
                 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
                 %s
                 "linux": {"cgroupsPath": "%s",
                           "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}],
                           "resources": {%s"memory": {"limit": %d}, "pids": {"limit": %d}}}}
                """.formatted(script, hooks, cgroupPath, limits, MEMORY_LIMIT, TASKS_LIMIT);
    }
}
