// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The users of the host.
 *
 * @param hostRoot what stands in front of {@code etc/passwd}
 */
record Users(Path hostRoot) {
    /**
     * The home of a user.
     *
     * <pre>
     * lab:x:4242:4242::/home/lab:/bin/sh
     *       (1)        (2)
     * (1) the user's number
     * (2) the home
     * </pre>
     */
    Optional<Path> home(long user) {
        return StateFolder.of(hostRoot, "etc")
                .read("passwd")
                .textOrEmpty()
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length == 7 && fields[2].equals(Long.toString(user)))
                .map(fields -> fields[5])
                .filter(home -> home.startsWith("/") && home.indexOf('\0') < 0)
                .findFirst()
                .map(home -> onHost(Path.of(home)));
    }

    /** An absolute path of the host. */
    Path onHost(Path path) {
        return hostRoot.resolve(path.toString().replaceFirst("^/+", ""));
    }

    /** What a user's own services keep until he logs out, {@code /run/user/1000}. */
    Path runtimeFolder(long user) {
        return hostRoot.resolve("run").resolve("user").resolve(Long.toString(user));
    }
}
