// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Folders that are deleted when the tests end. */
final class TemporaryFolder {
    private static final Queue<Path> FOLDERS = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolder::deleteAll));
    }

    private TemporaryFolder() {}

    static Path create(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        FOLDERS.add(folder);
        return folder;
    }

    private static void deleteAll() {
        for (Path folder : FOLDERS) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                System.err.println("left behind: " + folder + ": " + e);
            }
        }
    }
}
