// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds inits by reading all of /proc: the process with the same {@code ns/pid} whose {@code NSpid} ends in 1. What one
 * pass learns is kept, since it answers for all namespaces; an answer that is out of date does not survive the
 * verification, and {@link #forget} then leads to another pass. Two threads that need a pass at once take one each: nobody
 * waits for another, who may be without a CPU.
 */
final class ProcScan implements InitLookup {
    private final ProcFs procFs;
    private final NamespaceFiles files;
    private volatile Map<NamespaceId, Long> inits = new ConcurrentHashMap<>();

    ProcScan(ProcFs procFs) {
        this.procFs = procFs;
        this.files = NamespaceFiles.of(null, procFs);
    }

    @Override
    public InitWay way() {
        return InitWay.PROC_SCAN;
    }

    @Override
    public InitAnswer find(OpenNamespace namespace) {
        Long known = inits.get(namespace.id());
        if (known != null) {
            return new InitAnswer.Candidate(known);
        }
        Map<NamespaceId, Long> scanned;
        try {
            scanned = scan();
        } catch (IOException e) {
            String reason = "listing " + procFs.root() + ": " + e.getMessage();
            return procFs.forbidden() == null ? new InitAnswer.Exhausted(reason) : new InitAnswer.Refused(reason);
        }
        inits = scanned;
        Long found = scanned.get(namespace.id());
        return found == null
                ? new InitAnswer.Nobody("no process in " + procFs.root() + " is its pid 1")
                : new InitAnswer.Candidate(found);
    }

    /** Drops what was learned of a namespace. */
    void forget(NamespaceId namespace) {
        inits.remove(namespace);
    }

    private Map<NamespaceId, Long> scan() throws IOException {
        Map<NamespaceId, Long> found = new ConcurrentHashMap<>();
        for (long pid : procFs.pids()) {
            if (isInit(pid)) {
                namespaceOf(pid).ifPresent(namespace -> found.put(namespace, pid));
            }
        }
        return found;
    }

    /** None for a process that ended, or that another user owns. */
    private Optional<NamespaceId> namespaceOf(long pid) {
        try (OpenNamespace namespace = files.open(pid)) {
            return Optional.of(namespace.id());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private boolean isInit(long pid) {
        List<String> lines = procFs.readStatus(pid).linesOrNone();
        try {
            return !lines.isEmpty() && ProcStatus.parse(lines).pidInside() == 1;
        } catch (ProcFormatException e) {
            return false;
        }
    }
}
