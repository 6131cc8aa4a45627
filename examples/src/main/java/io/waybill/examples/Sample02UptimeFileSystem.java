// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import io.waybill.api.Init;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.ErrorCodes;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/**
 * A file system with one file, {@code uptime}, which says how long the container of its reader has been up: since the
 * init of the reader's pid namespace was started. The kernel's own {@code /proc/uptime} says that of the host to everybody.
 *
 * <p>Nothing in it is about profiling. The option {@code scope} of the agent names the method that works for a process,
 * and where its pid is; the report of the recording then says what every container cost.
 *
 * <pre>
 * $ java -XX:StartFlightRecording=filename=uptime.jfr \
 *       "-javaagent:waybill-agent.jar=scope=io.waybill.examples.Sample02UptimeFileSystem#uptime(pid:0)" \
 *       -cp "examples/target/classes:examples/target/libraries/*" io.waybill.examples.Sample02UptimeFileSystem /mnt/up
 * mounted on /mnt/up
 *
 * $ runc exec web-0 cat /mnt/up/uptime          # a container that has /mnt/up, started 93 seconds ago
 * 93.41 0.00
 *
 * $ java -jar waybill-agent.jar report uptime.jfr
 * ...
 * CONTAINER   RUNTIME  INIT  LIFETIME  SCOPES  TIME     TIME%  ...
 * web-0       runc     4711  1m 40s+   6       0.012 s  74.7%  ...
 * db-0        runc     4812  1m 38s+   2       0.004 s  25.3%  ...
 * (no scope)  -        -     -         0       -        -      ...
 * </pre>
 *
 * It needs libfuse 2 (on Debian the package libfuse2). Since JDK 24 the JVM warns of the library it calls libfuse with,
 * unless it is started with {@code --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow}.
 */
public final class Sample02UptimeFileSystem extends FuseStubFS {
    private static final String FILE = "uptime";
    private static final Path HOST = Path.of("/proc/uptime");

    private final Path folder;

    private Sample02UptimeFileSystem(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder to mount on, and serves until it is unmounted. */
    public static void main(String[] arguments) {
        Path mountPoint = Path.of(arguments[0]);
        // -s: in this thread. Of libfuse's own, which come and go, the flight recorder takes no samples.
        // direct_io: every read is asked for here, with the reader's pid, and not answered from the kernel's cache.
        String[] options = {"-s", "-o", "direct_io,ro,fsname=waybill-uptime"};
        new Sample02UptimeFileSystem(mountPoint).mount(mountPoint, true, false, options);
    }

    /** Called when it is mounted. */
    @Override
    public @Nullable Pointer init(Pointer connection) {
        System.out.println("mounted on " + folder);
        return null;
    }

    @Override
    public int getattr(String path, FileStat stat) {
        if (path.equals("/")) {
            stat.st_mode.set(FileStat.S_IFDIR | 0755);
            stat.st_nlink.set(2);
            return 0;
        }
        if (path.equals("/" + FILE)) {
            stat.st_mode.set(FileStat.S_IFREG | 0444);
            stat.st_nlink.set(1);
            return 0;
        }
        return -ErrorCodes.ENOENT();
    }

    @Override
    public int readdir(String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo info) {
        filler.apply(buffer, ".", null, 0);
        filler.apply(buffer, "..", null, 0);
        filler.apply(buffer, FILE, null, 0);
        return 0;
    }

    @Override
    public int read(String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
        if (offset > 0) {
            return 0; // it was read at once
        }
        byte[] line = uptime(getContext().pid.get()).getBytes(StandardCharsets.US_ASCII);
        int length = (int) Math.min(size, line.length);
        buffer.put(0, line, 0, length);
        return length;
    }

    /**
     * What a process is to read: seconds, and the idle time that nobody knows of a container.
     *
     * @param pid of the reader, as this JVM sees it
     */
    private static String uptime(long pid) {
        if (ProcessContainers.resolve(pid) instanceof Resolution.Resolved reader
                && !reader.namespace().isOwn()
                && reader.init() instanceof Init.Known init) {
            return String.format(Locale.ROOT, "%.2f 0.00%n", age(init.pid()));
        }
        return uptimeOfTheHost();
    }

    /**
     * How long a process has been running, by the kernel's clock since boot.
     *
     * <pre>
     * 4711 (sleep) S 4690 4711 4711 0 -1 ... 20 0 1 0 8745893 ...
     *                                                 (22)
     * (22) its start, hundredths of a second after boot
     * </pre>
     */
    private static double age(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double sinceBoot = Double.parseDouble(uptimeOfTheHost().split(" ", -1)[0]);
            return sinceBoot - Long.parseLong(fields[19]) / 100.0;
        } catch (IOException e) {
            return 0; // it has ended just now
        }
    }

    private static String uptimeOfTheHost() {
        try {
            return Files.readString(HOST);
        } catch (IOException e) {
            throw new IllegalStateException("reading " + HOST, e);
        }
    }
}
