// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.ProcessEnds;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;

/**
 * A process told from a later one of the same number by its start time, where no pidfd can be had. Two processes that
 * get the same number within one tick of 10 ms are not told apart; the kernel gives numbers round in a circle.
 */
record StartTimeProcess(NamespaceFiles files, ProcFs procFs, long pid, long startTicks) implements HeldProcess {
    @Override
    public boolean isAlive() {
        try {
            String line =
                    procFs.read(pid, "stat").linesOrNone().stream().findFirst().orElse("");
            if (line.isEmpty()) {
                return false;
            }
            ProcStat stat = ProcStat.parse(line);
            boolean ended = stat.state() == 'Z' || stat.state() == 'X';
            return stat.startTicks() == startTicks
                    && (!ended || !procFs.otherThreads(pid).isEmpty());
        } catch (ProcFormatException e) {
            return false;
        }
    }

    @Override
    public boolean watch(ProcessEnds ends) {
        return false;
    }

    @Override
    public String guard() {
        return "start time";
    }

    @Override
    public OpenNamespace pidNamespace() throws UnreadableException {
        OpenNamespace namespace = files.open(pid);
        if (!isAlive()) {
            namespace.close();
            throw UnreadableException.gone(pid + " ended while its namespace was opened");
        }
        return namespace;
    }

    @Override
    public void close() {}
}
