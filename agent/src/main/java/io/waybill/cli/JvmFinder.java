// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out which processes are JVMs, and what they run. Nothing is read but the kernel's own files about them. */
record JvmFinder(ProcFs procFs) {
    private static final String UNKNOWN = "?";

    /**
     * What a process runs, if it is a JVM: started by {@code java}, or with the library of one in its memory.
     *
     * @return a class, jar or module; {@code ?} where that does not show
     */
    Optional<String> whatRuns(long pid) {
        List<String> words = words(pid);
        if (!words.isEmpty() && JvmCommandLine.isLauncher(words.get(0))) {
            return Optional.of(JvmCommandLine.whatRuns(words).orElse(UNKNOWN));
        }
        boolean isLoaded =
                procFs.read(pid, "maps").linesOrNone().stream().anyMatch(line -> line.endsWith("/libjvm.so"));
        return isLoaded ? Optional.of(UNKNOWN) : Optional.empty();
    }

    /** {@code java\0-cp\0/app\0com.acme.Main\0}, of which each word may have more than one line. */
    private List<String> words(long pid) {
        String all = String.join("\n", procFs.read(pid, "cmdline").linesOrNone());
        return all.isEmpty() ? List.of() : Stream.of(all.split("\0")).toList();
    }
}
