// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a test needs of the machine; without it the test fails in CI, and is skipped with this reason elsewhere. */
public final class Needs {
    private Needs() {}

    /**
     * Goes on only if this is so.
     *
     * @param what for a reader, such as {@code root makes these conditions}
     */
    public static void that(boolean condition, String what) {
        assertFalse(!condition && "true".equals(System.getenv("CI")), what);
        assumeTrue(condition, what);
    }

    /** Goes on only as root. */
    public static void root() {
        that("root".equals(System.getProperty("user.name")), "root is needed");
    }

    /** Goes on only where a program is on the path. */
    public static void program(String name) {
        boolean present = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(name)));
        that(present, name + " is needed");
    }
}
