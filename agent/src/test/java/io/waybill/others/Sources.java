// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Compiles applications that need libraries the tests do not have. */
final class Sources {
    private Sources() {}

    /**
     * The folder with the classes.
     *
     * @param name of a source file in {@code src/test/resources/others}
     */
    static Path compile(String name, Path folder, List<Path> classPath) throws IOException {
        Path source = Files.createDirectories(folder).resolve(name + ".java");
        try (InputStream in = Sources.class.getResourceAsStream("/others/" + name + ".java")) {
            Files.copy(Objects.requireNonNull(in, name), source);
        }
        Path classes = folder.resolve("classes");
        List<String> arguments = List.of(
                "--release",
                "17",
                "-parameters",
                "-proc:none",
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "-d",
                classes.toString(),
                source.toString());
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        if (result != 0) {
            throw new IllegalStateException("compiling " + source + " with " + arguments);
        }
        return classes;
    }
}
