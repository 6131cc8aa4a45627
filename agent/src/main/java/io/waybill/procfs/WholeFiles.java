// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files whole. */
@FunctionalInterface
public interface WholeFiles {
    /** As the JDK reads them. */
    WholeFiles BY_JDK = (path, limit) -> {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return in.readNBytes(limit);
        }
    };

    /**
     * Reads a file.
     *
     * @param limit the largest part of it that is read
     * @throws IOException as {@link Files} throws it: one of its own where the file is missing or access to it denied
     */
    byte[] read(String path, int limit) throws IOException;

    /** How often a file was not read since no descriptor or memory was left for it; 0 where nobody counts. */
    default int shortages() {
        return 0;
    }
}
