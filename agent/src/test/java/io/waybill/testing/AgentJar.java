// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The jar that the build made. */
public final class AgentJar {
    private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

    private AgentJar() {}

    /** The jar itself. */
    public static Path built() {
        return Path.of(Objects.requireNonNull(System.getProperty("waybill.test.jar"), "waybill.test.jar"));
    }

    /**
     * A copy of it whose {@code AgentRuntime}, the class behind the doors, is one of the test's own.
     *
     * @param name of a source file in {@code src/test/resources/runtimes}
     */
    public static Path withRuntime(String name) throws IOException {
        return with("AgentRuntime", name);
    }

    /**
     * A copy of it whose {@code CommandLineMain}, what {@code java -jar} leads to, is one of the test's own.
     *
     * @param name of a source file in {@code src/test/resources/runtimes}
     */
    public static Path withCommandLine(String name) throws IOException {
        return with("CommandLineMain", name);
    }

    private static Path with(String className, String name) throws IOException {
        Path known = MADE.get(name);
        if (known != null) {
            return known;
        }
        Path made = make(className, name);
        MADE.put(name, made);
        return made;
    }

    private static Path make(String className, String name) throws IOException {
        Path folder = TemporaryFolder.create("waybill-runtime");
        Path source = folder.resolve(className + ".java");
        String resource = "/runtimes/" + name + ".java";
        try (InputStream in = Objects.requireNonNull(AgentJar.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, source);
        }
        compile(folder, source);
        Path jar = folder.resolve("waybill-agent.jar");
        Files.copy(built(), jar);
        Path classes = folder.resolve("classes.zip");
        try (FileSystem zip = open(jar)) {
            Path packed = zip.getPath("isolated/classes.zip");
            Files.copy(packed, classes);
            replace(classes, folder.resolve("isolated"));
            Files.copy(classes, packed, StandardCopyOption.REPLACE_EXISTING);
        }
        return jar;
    }

    private static void replace(Path zipFile, Path folder) throws IOException {
        try (FileSystem zip = open(zipFile);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = zip.getPath(folder.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What is written to it is not compressed, as in the jar that the build makes. */
    private static FileSystem open(Path zip) throws IOException {
        return FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("noCompression", true));
    }

    private static void compile(Path folder, Path source) {
        List<String> arguments = List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.resolve("isolated").toString(),
                source.toString());
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        if (result != 0) {
            throw new IllegalStateException("compiling " + source + " with " + arguments);
        }
    }
}
