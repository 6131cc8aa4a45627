// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * A procfs that was mounted for another pid namespace than this JVM's: its numbers mean other processes.
 *
 * <p>This JVM has the same number in both now and then, but there its {@code NSpid} goes on with that of each namespace
 * further inwards.
 */
final class ForeignProcFs {
    private ForeignProcFs() {}

    /** Why a procfs is not that of this JVM's pid namespace; none if it is. */
    static Optional<String> whyNotOurs(ProcFs procFs) {
        String own = Long.toString(ProcessHandle.current().pid());
        try {
            String self = Files.readSymbolicLink(procFs.root().resolve("self")).toString();
            if (!self.equals(own)) {
                return Optional.of(foreign(procFs, self, own));
            }
            List<Long> numbers = numbersOfThisJvm(procFs);
            return numbers.size() <= 1 ? Optional.empty() : Optional.of(foreign(procFs, numbers.toString(), own));
        } catch (IOException e) {
            return Optional.of(
                    procFs.root() + " is no procfs that shows this JVM (" + e + "), so nothing is read there");
        }
    }

    private static String foreign(ProcFs procFs, String numbers, String own) {
        return procFs.root() + " was mounted for another pid namespace (it calls this JVM " + numbers + ", not " + own
                + "), so nothing is read there";
    }

    /** Empty where it cannot be read, and before Linux 4.1. */
    private static List<Long> numbersOfThisJvm(ProcFs procFs) {
        try {
            List<String> status = procFs.readSelf("status").linesOrNone();
            return status.isEmpty() ? List.of() : ProcStatus.parse(status).nsPids();
        } catch (ProcFormatException e) {
            return List.of();
        }
    }
}
