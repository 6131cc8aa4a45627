// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What containers use, as the kernel accounts for it. Where a container's groups are is found once; after that an answer
 * costs the reading of a dozen small files.
 */
public final class CgroupFs {
    /** How many of a container's processes are asked where they are; any one of them can tell. */
    private static final int ASKED = 3;

    private static final int REMEMBERED = 10_000;

    private final ProcFs procFs;
    private final Path machine;
    private final Map<Key, ContainerGroups> found = new ConcurrentHashMap<>();
    private volatile @Nullable CgroupMounts mounts;

    /**
     * One that has read nothing yet.
     *
     * @param procFs a procfs
     * @param machine what its mount points are below: the root folder, or a recorded machine
     */
    public CgroupFs(ProcFs procFs, Path machine) {
        this.procFs = procFs;
        this.machine = machine;
    }

    /**
     * What a container uses now.
     *
     * @param pids some of its processes; one that was replaced by a stranger's is seen through
     * @return none where it has no group of its own, or none that can be seen from here
     */
    public Optional<Usage> usage(ContainerIdentity container, List<Long> pids) {
        Key key = Key.of(container);
        ContainerGroups known = found.get(key);
        if (known != null) {
            Usage usage = new UsageReader(known, processors()).read();
            if (!usage.isEmpty()) {
                return Optional.of(usage);
            }
            found.remove(key);
        }
        return find(key, pids)
                .map(groups -> new UsageReader(groups, processors()).read())
                .filter(usage -> !usage.isEmpty());
    }

    /** The container ended; a later one may have the same name. */
    public void forget(ContainerIdentity container) {
        found.remove(Key.of(container));
    }

    /** How many processors the machine has, which is more than this JVM may use where it is limited. */
    public int processors() {
        List<String> lines = CgroupFile.lines(machine.resolve("sys/devices/system/cpu"), "online");
        int count = lines.isEmpty() ? 0 : CpuList.size(lines.get(0));
        return count > 0 ? count : Runtime.getRuntime().availableProcessors();
    }

    private Optional<ContainerGroups> find(Key key, List<Long> pids) {
        for (Long pid : pids.subList(0, Math.min(ASKED, pids.size()))) {
            List<CgroupLine> lines =
                    CgroupLine.parseAll(ProcCgroup.of(procFs, pid).linesOrNone());
            Optional<ContainerGroups> groups = ContainerGroups.find(mounts(), lines, key.id());
            if (groups.isPresent()) {
                if (found.size() >= REMEMBERED) {
                    found.clear();
                }
                found.put(key, groups.get());
                return groups;
            }
        }
        return Optional.empty();
    }

    /** Read once there are any: at another time no descriptor may have been left to read them with. */
    private CgroupMounts mounts() {
        CgroupMounts read = mounts;
        if (read == null) {
            read = CgroupMounts.of(machine, procFs.readSelf("mountinfo").linesOrNone());
            mounts = read.mounts().isEmpty() ? null : read;
        }
        return read;
    }

    private record Key(ContainerRuntime runtime, String id) {
        static Key of(ContainerIdentity container) {
            return new Key(container.runtime(), container.id());
        }
    }
}
