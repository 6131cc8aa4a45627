// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedClassesTest {
    private static final String ENTRY = "isolated/classes.zip";

    @TempDir
    Path folder;

    @Test
    void eachFileIsReadAsItWasPacked() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] content = new byte[random.nextInt(3000)];
            Arrays.fill(content, (byte) i);
            files.put("some/package/Class" + i + ".class", content);
        }
        files.put("Aa.class", new byte[] {1}); // of one hash
        files.put("BB.class", new byte[] {2});
        files.put("größe/Ω.class", new byte[] {3});

        try (JarFile jar = jar(packed(files))) {
            PackedClasses packed = PackedClasses.of(jar, ENTRY);

            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                assertThat(packed.has(file.getKey())).as(file.getKey()).isTrue();
                assertThat(packed.read(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
            }
        }
    }

    @Test
    void whatIsNotThereIsNull() throws IOException {
        try (JarFile jar = jar(packed(Map.of("Aa.class", new byte[] {1})))) {
            PackedClasses packed = PackedClasses.of(jar, ENTRY);

            assertThat(packed.read("BB.class")).isNull();
            assertThat(packed.read("A.class")).isNull();
            assertThat(packed.has("")).isFalse();
        }
        try (JarFile jar = jar(packed(Map.of()))) {
            assertThat(PackedClasses.of(jar, ENTRY).read("Aa.class")).isNull();
        }
    }

    @Test
    void aJarWithoutThemSaysSo() throws IOException {
        try (JarFile jar = jar(packed(Map.of()))) {
            assertThatThrownBy(() -> PackedClasses.of(jar, "other.zip"))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("agent.jar has no other.zip");
        }
    }

    @Test
    void aDamagedOneSaysSoWhateverIsDamaged() throws IOException {
        byte[] content = new byte[2000];
        new Random(2).nextBytes(content);
        byte[] sound = packed(Map.of("Aa.class", content));
        int damages = 0;
        for (int length = 0; length < sound.length; length += 7) {
            byte[] cut = Arrays.copyOf(sound, length);
            byte[] wiped = sound.clone();
            Arrays.fill(wiped, length, Math.min(length + 40, wiped.length), (byte) 0xff);
            damages += isRefused(cut, content) ? 1 : 0;
            damages += isRefused(wiped, content) ? 1 : 0;
        }

        assertThat(damages).isGreaterThan(sound.length / 7);
    }

    /** Whether it is told; never another content, another exception, or the memory for a length that is not true. */
    private boolean isRefused(byte[] zip, byte[] content) throws IOException {
        try (JarFile jar = jar(zip)) {
            byte[] read = PackedClasses.of(jar, ENTRY).read("Aa.class");
            if (read != null) {
                assertThat(read).hasSameSizeAs(content);
            }
            return false;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(ENTRY + " in ").hasMessageEndingWith(" is damaged");
            return true;
        }
    }

    private static byte[] packed(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(zip, file.getKey(), file.getValue(), file.getValue().length % 2 == 0);
            }
        }
        return bytes.toByteArray();
    }

    private JarFile jar(byte[] entry) throws IOException {
        Path jar = folder.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            write(zip, ENTRY, entry, true);
        }
        return new JarFile(jar.toFile());
    }

    private static void write(ZipOutputStream zip, String name, byte[] content, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
