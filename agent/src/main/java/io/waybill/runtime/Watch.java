// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerTable;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at every process there is, and tells of those that were not there before. */
final class Watch {
    private final ProcFs procFs;
    private final PidResolver resolver;
    private final ContainerTable table;
    private final Identity self;
    private final boolean includeOwn;
    private final BiConsumer<Resolution, Boolean> newProcesses;
    private final Consumer<String> complaints;
    private Map<Long, Resolution> last = new HashMap<>();

    /**
     * Makes one that has seen nothing yet.
     *
     * @param self this JVM's own container or cgroup, whose processes are left out
     * @param includeOwn whether they are not left out
     * @param newProcesses is told of each process that was not there at the last pass, and whether it joined
     */
    Watch(
            ProcFs procFs,
            PidResolver resolver,
            ContainerTable table,
            Identity self,
            boolean includeOwn,
            BiConsumer<Resolution, Boolean> newProcesses,
            Consumer<String> complaints) {
        this.procFs = procFs;
        this.resolver = resolver;
        this.table = table;
        this.self = self;
        this.includeOwn = includeOwn;
        this.newProcesses = newProcesses;
        this.complaints = complaints;
    }

    /** Looks once; where the procfs must not be read, that has been told already. */
    void pass() {
        if (procFs.forbidden() != null) {
            return;
        }
        Map<Long, Resolution> now = new HashMap<>();
        List<Resolution> everything = new ArrayList<>();
        try {
            for (long pid : procFs.pids()) {
                Resolution resolution = resolver.resolve(pid);
                if (!(resolution instanceof Resolution.Gone) && (includeOwn || !isOwn(resolution))) {
                    now.put(pid, resolution);
                    everything.add(resolution);
                }
            }
        } catch (IOException e) {
            complaints.accept(procFs.root() + " cannot be listed, so only children are seen: " + e.getMessage());
            return;
        }
        table.pass(everything);
        for (Resolution resolution : everything) {
            if (!sameProcess(last.get(resolution.pid()), resolution)) {
                newProcesses.accept(resolution, Joined.isJoined(resolution, now));
            }
        }
        last = now;
    }

    /** Tells again of every process that the last pass saw. */
    void replay() {
        last.values().forEach(resolution -> newProcesses.accept(resolution, Joined.isJoined(resolution, last)));
    }

    /** In this JVM's own pid namespace, and in its cgroup or container. */
    private boolean isOwn(Resolution resolution) {
        if (!(resolution instanceof Resolution.Resolved resolved)
                || !resolved.namespace().isOwn()) {
            return false;
        }
        Identity identity = resolved.identity();
        if (identity instanceof ContainerIdentity container && self instanceof ContainerIdentity own) {
            return container.id().equals(own.id());
        }
        return identity.cgroupPath().equals(self.cgroupPath());
    }

    private static boolean sameProcess(@Nullable Resolution before, Resolution now) {
        if (before instanceof Resolution.Resolved then && now instanceof Resolution.Resolved resolved) {
            return String.valueOf(then.process().start())
                    .equals(String.valueOf(resolved.process().start()));
        }
        return before != null && before.outcome() == now.outcome();
    }
}
