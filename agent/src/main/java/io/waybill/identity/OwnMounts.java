// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.procfs.MountInfoLine;
import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.Set;

/**
 * Where a part of a file system is for this JVM that another mount namespace shows: its mounts say which part, from the root
 * of that file system, and not where that is.
 *
 * <pre>
 * 612 590 254:16 /docker/containers/b6c3/hostname /etc/hostname …   of the container
 *                (1)
 * 31 24 254:16 / /srv …                                             of this JVM: (1) is /srv/docker/containers/b6c3/hostname
 * </pre>
 *
 * @param lines its mounts
 */
record OwnMounts(List<MountInfoLine> lines) {
    /** Those that only root mounts here, and that answer: not what another machine or a user's program serves. */
    private static final Set<String> LOCAL =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "tmpfs");

    /** A file system is seldom mounted at more places than one or two. */
    private static final int MOST = 8;

    static OwnMounts of(ProcFs procFs) {
        return new OwnMounts(MountInfoLine.parseAll(procFs.readSelf("mountinfo").linesOrNone()));
    }

    /** The paths at which this JVM finds what is mounted there. */
    List<String> pathsOf(MountInfoLine mount) {
        return lines.stream()
                .filter(own -> LOCAL.contains(own.fileSystem()))
                .flatMap(own -> own.pathOf(mount).stream())
                .limit(MOST)
                .toList();
    }
}
