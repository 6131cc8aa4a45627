// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.NamespaceId;
import io.waybill.api.PidNamespace;
import io.waybill.procfs.ProcFs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pid namespace of this JVM. It stays open: the kernel makes a file of a namespace anew for each open while nobody has
 * one, which takes it longer than all the rest of a look, and most processes live here.
 *
 * @param namespace the namespace
 * @param forChildren the one that its children are born in; null where /proc does not tell
 * @param kept the open namespace; null where it cannot be opened
 */
record OwnNamespace(
        PidNamespace namespace,
        @Nullable PidNamespace forChildren,
        NamespaceChain chain,
        @Nullable OpenNamespace kept) implements AutoCloseable {
    private static final NamespaceId UNKNOWN = new NamespaceId(0, 0);

    static Opened open(Processes processes) {
        long pid = ProcessHandle.current().pid();
        OpenNamespace own = null;
        try (HeldProcess self = processes.open(pid)) {
            own = self.pidNamespace();
            return new Opened(own, processes.files().openOwn("pid_for_children"), true);
        } catch (UnreadableException e) {
            // Linux before 4.12 has no file of the children's, nor has a /proc that does not speak our pids
            boolean complete = e.kind() != UnreadableException.Kind.EXHAUSTED;
            return new Opened(own == null ? lookedAt(processes.files()) : own, null, complete);
        }
    }

    static OwnNamespace of(Opened opened, ProcFs procFs) {
        OpenNamespace own = opened.namespace();
        NamespaceId id = own == null ? null : own.id();
        PidNamespace namespace = new PidNamespace(
                id == null ? UNKNOWN : id, own == null ? null : NamespaceChain.kernelIdOf(own.fd()), 0, List.of());
        NamespaceChain chain = new NamespaceChain(id, procFs);
        OpenNamespace children = opened.children();
        PidNamespace forChildren = null;
        if (children != null) {
            forChildren = namespace.id().equals(children.id())
                    ? namespace
                    : new PidNamespace(
                            children.id(), NamespaceChain.kernelIdOf(children.fd()), 1, List.of(namespace.id()));
        }
        return new OwnNamespace(namespace, forChildren, chain, own);
    }

    boolean is(NamespaceId id) {
        return namespace.id().equals(id);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }

    /** Which one it is can be told without a descriptor, too, where the application has left none when the agent starts. */
    private static @Nullable OpenNamespace lookedAt(NamespaceFiles files) {
        try {
            return files.withoutDescriptors().openOwn("pid");
        } catch (UnreadableException e) {
            return null;
        }
    }

    /**
     * Descriptors of it; the second is open while the ways are tried only.
     *
     * @param complete whether neither is missing for want of a descriptor or of memory
     */
    record Opened(
            @Nullable OpenNamespace namespace, @Nullable OpenNamespace children, boolean complete)
            implements AutoCloseable {
        @Override
        public void close() {
            if (children != null) {
                children.close();
            }
        }
    }
}
