// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An application that is being packed into one file, a war or a fat jar. */
final class Packed implements AutoCloseable {
    private final ZipOutputStream zip;

    private Packed(ZipOutputStream zip) {
        this.zip = zip;
    }

    /** Begins with a manifest of these lines. */
    static Packed into(Path file, String... manifest) throws IOException {
        Packed packed = new Packed(new ZipOutputStream(Files.newOutputStream(file)));
        String lines = "Manifest-Version: 1.0\n" + String.join("\n", manifest);
        packed.add("META-INF/MANIFEST.MF", lines.strip().concat("\n\n").getBytes(StandardCharsets.UTF_8));
        return packed;
    }

    /** All files below a folder, which gets an entry of its own. */
    Packed folder(String prefix, Path folder) throws IOException {
        if (!prefix.isEmpty()) {
            add(prefix, new byte[0]);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(prefix + folder.relativize(file), Files.readAllBytes(file));
            }
        }
        return this;
    }

    /** The classes of a jar, as if they were the application's own. */
    Packed classesOf(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class")
                            || entry.getName().startsWith("META-INF/services/") && !entry.isDirectory())
                    .forEach(entry -> addFrom(jar, entry));
        }
        return this;
    }

    /** A library: not compressed, as loaders that read jars inside a jar want it. */
    Packed library(String prefix, Path jar) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(prefix + jar.getFileName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        write(entry, bytes);
        return this;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void add(String name, byte[] bytes) throws IOException {
        write(new ZipEntry(name), bytes);
    }

    private void addFrom(JarFile jar, ZipEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            add(entry.getName(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(ZipEntry entry, byte[] bytes) throws IOException {
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
