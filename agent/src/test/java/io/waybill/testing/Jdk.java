// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JDK of this machine, or that there is none of the version.
 *
 * @param feature its version, such as 25
 * @param home where it lies, or null
 */
public record Jdk(int feature, @Nullable Path home) {
    private static final Path COMMON_FOLDER = Path.of("/usr/lib/jvm");

    /** The one that Waybill is built for. */
    public static Jdk oldest() {
        return find(17);
    }

    /** The newest that it is tested on. */
    public static Jdk newest() {
        return find(25);
    }

    /** Both, for a parameterised test. */
    static List<Jdk> both() {
        return List.of(oldest(), newest());
    }

    public boolean isPresent() {
        return home != null;
    }

    /** One of its programs. */
    public Path program(String name) {
        return folder().resolve("bin").resolve(name);
    }

    /** Whether it has what jlink makes run-time images of; some JDKs since 24 link from themselves instead. */
    public boolean hasJmods() {
        return Files.isDirectory(folder().resolve("jmods"));
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private Path folder() {
        return Objects.requireNonNull(home, "no JDK " + feature + " on this machine");
    }

    private static Jdk find(int feature) {
        Path home = candidates()
                .filter(candidate ->
                        featureOf(candidate).filter(found -> found == feature).isPresent())
                .findFirst()
                .orElse(null);
        return new Jdk(feature, home);
    }

    private static Stream<Path> candidates() {
        Stream<Path> named = Stream.of(
                        System.getProperty("waybill.test.jdk25"),
                        System.getenv("JDK25_HOME"),
                        System.getenv("JAVA_HOME"),
                        System.getProperty("java.home"))
                .filter(Objects::nonNull)
                .map(Path::of);
        return Stream.concat(named, installed());
    }

    private static Stream<Path> installed() {
        if (!Files.isDirectory(COMMON_FOLDER)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(COMMON_FOLDER)) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("listing " + COMMON_FOLDER, e);
        }
    }

    /**
     * The version that a JDK's file {@code release} names.
     *
     * <pre>
     * JAVA_VERSION="17.0.15"
     *               (1)
     * (1) the feature version
     * </pre>
     */
    private static Optional<Integer> featureOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION=\""))
                    .map(line -> Integer.valueOf(line.substring(14).split("[^0-9]", 2)[0]))
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException("reading " + release, e);
        }
    }
}
