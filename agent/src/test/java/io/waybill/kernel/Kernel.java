// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.api.InitWay;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A kind of kernel, by the ioctls that it has.
 *
 * @param name for a reader
 * @param proposed whether it has {@code NS_GET_INIT_PID}
 * @param translation whether it has {@code NS_GET_TGID_FROM_PIDNS}
 */
record Kernel(String name, boolean proposed, boolean translation) {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** The kernel that this JVM runs on, by its name, and what the test was told of it. */
    static Kernel of(String name) {
        return switch (name) {
            case "6.1" -> new Kernel(name, false, false);
            case "6.1 with the change" -> new Kernel(name, true, false);
            case "6.12" -> new Kernel(name, false, true);
            case "6.12 with the change" -> new Kernel(name, true, true);
            case "this machine's" -> new Kernel(name, false, isAtLeast("6.11"));
            default -> throw new IllegalArgumentException(name + ": no such kind of kernel");
        };
    }

    /** Whether {@code NS_GET_INIT_PID} is to be asked: where the kernel has nothing safer. */
    boolean asksProposed() {
        return proposed && !translation;
    }

    /** The way that is to be in use. */
    InitWay best() {
        return asksProposed() ? InitWay.NS_GET_INIT_PID : bestWithoutRights();
    }

    /** The way that is to be in use where {@code NS_GET_INIT_PID} is refused. */
    InitWay bestWithoutRights() {
        return translation ? InitWay.NS_GET_TGID_FROM_PIDNS : InitWay.PROC_SCAN;
    }

    /**
     * What starts a container there. The guests have version 2 of cgroups alone, and no BPF, without which {@code runc}
     * gives up there; {@code crun} gives up where version 1 has some controllers and version 2 others.
     */
    String runtime() {
        return isGuest() ? "crun" : "runc";
    }

    /** Whether it runs in another kernel's process, by whose leave it has a CPU. */
    boolean isGuest() {
        return !name.startsWith("this");
    }

    /** Whether a guest has a disk, and counts in version 2 of cgroups what goes to and from it: all but one of them. */
    boolean countsDisk() {
        return isGuest() && !name.equals("6.1");
    }

    /** Whether version 2 of cgroups is mounted, alone or beside version 1, and accounts for pressure. */
    boolean pressure() {
        return Files.exists(CGROUPS.resolve("cpu.pressure")) || Files.exists(CGROUPS.resolve("unified/cpu.pressure"));
    }

    /**
     * <pre>
     * 6.18.44-generic
     * (1)(2)
     * </pre>
     */
    private static boolean isAtLeast(String release) {
        return number(System.getProperty("os.version")) >= number(release);
    }

    private static int number(String release) {
        String[] parts = release.split("[^0-9]", 3);
        return 1000 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
    }
}
