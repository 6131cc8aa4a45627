// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.NamespaceId;
import io.waybill.api.PidNamespace;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NamespaceFd;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces around one, up to this JVM's own. */
final class NamespaceChain {
    /** MAX_PID_NS_LEVEL of include/linux/pid_namespace.h. */
    private static final int DEEPEST = 32;

    private final @Nullable NamespaceId own;
    private final ProcFs procFs;
    private volatile List<NamespaceId> lastParents = List.of();

    NamespaceChain(@Nullable NamespaceId own, ProcFs procFs) {
        this.own = own;
        this.procFs = procFs;
    }

    /**
     * Walks up by {@code NS_GET_PARENT}; where that cannot be asked, the depth is told by {@code NSpid} and the chain is
     * empty. A process that has a pid here lives in this JVM's own namespace or below it, so a refusal is that of a filter.
     *
     * @param pid a process that lives in the namespace
     * @throws UnreadableException EXHAUSTED if there is nothing left to walk with
     */
    PidNamespace placeOf(OpenNamespace namespace, long pid) throws UnreadableException {
        NamespaceFd fd = namespace.fd();
        if (fd == null || own == null) {
            return byStatus(namespace.id(), null, pid);
        }
        Long kernelId = kernelIdOf(fd);
        List<NamespaceId> parents = new ArrayList<>(2);
        NamespaceFd level = fd;
        try {
            while (parents.size() < DEEPEST) {
                NamespaceFd parent = level.parent();
                closeUnlessFirst(level, fd);
                level = parent;
                NamespaceId id = parent.id();
                parents.add(id);
                if (id.equals(own)) {
                    return new PidNamespace(namespace.id(), kernelId, parents.size(), shared(parents));
                }
            }
            return byStatus(namespace.id(), kernelId, pid);
        } catch (LinuxException e) {
            if (e.errno().isExhaustion()) {
                throw UnreadableException.exhausted(e.getMessage());
            }
            return byStatus(namespace.id(), kernelId, pid);
        } finally {
            closeUnlessFirst(level, fd);
        }
    }

    /** Most namespaces have the parents of the one before; what was built from them lives as long as the container. */
    private List<NamespaceId> shared(List<NamespaceId> parents) {
        List<NamespaceId> last = lastParents;
        if (!last.equals(parents)) {
            last = List.copyOf(parents);
            lastParents = last;
        }
        return last;
    }

    static @Nullable Long kernelIdOf(@Nullable NamespaceFd fd) {
        try {
            return fd == null ? null : fd.kernelId();
        } catch (LinuxException e) {
            return null; // ENOTTY before Linux 6.18
        }
    }

    private PidNamespace byStatus(NamespaceId id, @Nullable Long kernelId, long pid) {
        int depth = 1;
        try {
            List<String> lines = procFs.readStatus(pid).linesOrNone();
            if (!lines.isEmpty()) {
                depth = Math.max(1, ProcStatus.parse(lines).nsPids().size() - 1);
            }
        } catch (ProcFormatException e) {
            depth = 1; // it is not ours, so it lies at least one level below
        }
        return new PidNamespace(id, kernelId, depth, List.of());
    }

    private static void closeUnlessFirst(NamespaceFd level, NamespaceFd first) {
        if (level != first) {
            level.close();
        }
    }
}
