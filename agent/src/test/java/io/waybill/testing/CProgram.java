// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The helpers of the tests that are written in C, in {@code src/it/robust}. */
public final class CProgram {
    private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();

    private CProgram() {}

    /**
     * Compiles one, once; where there is no compiler the test fails in CI and is skipped elsewhere.
     *
     * @param name without the {@code .c}
     */
    public static Path compiled(String name) throws IOException, InterruptedException {
        return compiled(name, "-pthread");
    }

    /** Compiles a library for {@code LD_PRELOAD}. */
    public static Path library(String name) throws IOException, InterruptedException {
        return compiled(name, "-shared", "-fPIC");
    }

    private static Path compiled(String name, String... options) throws IOException, InterruptedException {
        Path known = COMPILED.get(name);
        if (known != null) {
            return known;
        }
        Needs.program("gcc");
        Path program = TemporaryFolder.create("waybill-c").resolve(name);
        String source = Path.of("src/it/robust", name + ".c").toAbsolutePath().toString();
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", program.toString(), source));
        Process gcc = new ProcessBuilder(command).inheritIO().start();
        if (gcc.waitFor() != 0) {
            throw new IllegalStateException("compiling " + source);
        }
        COMPILED.put(name, program);
        return program;
    }
}
