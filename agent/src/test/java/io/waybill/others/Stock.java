// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is not ours and the build fetched for the tests. */
final class Stock {
    private Stock() {}

    /** A program or library of one jar. */
    static Path jar(String name) {
        return property("strangers").resolve(name + ".jar");
    }

    /** A server that was unpacked, by the beginning of its folder's name. */
    static Path server(String name) throws IOException {
        try (Stream<Path> folders = Files.list(property("servers"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** All jars of something with many, which a module of its own in {@code src/it/others} fetches. */
    static List<Path> jars(String name) throws IOException {
        Path folder = property("others").resolve(name).resolve("target/jars");
        Needs.that(Files.isDirectory(folder), folder + " is needed, which a build of the whole project fills");
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        }
    }

    /** The JNA that an application brings along, of another version than ours. */
    static Path jna() {
        return property("other-versions").resolve("jna.jar");
    }

    /** What an application compiles against, and may bring along. */
    static Path api() {
        return property("api");
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty("waybill.test." + name), name));
    }
}
