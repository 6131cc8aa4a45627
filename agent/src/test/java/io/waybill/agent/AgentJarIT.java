// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may be in the jar, and so on the class path of every application. */
class AgentJarIT {
    private static final String CLASS = "[A-Za-z0-9_$-]+\\.class";

    /** Everything; an entry that none of these matches does not belong there. */
    private static final List<String> ALLOWED = List.of(
            "META-INF/(MANIFEST\\.MF|LICENSE|NOTICE)",
            "META-INF/licences/(ASM|libffi)",
            "io/waybill/(agent|api|jfr)/" + CLASS,
            "io/waybill/jfr/waybill\\.jfc",
            "isolated/packages",
            "isolated/io/waybill/(cgroupfs|cli|identity|inventory|linux|metadata|namespace|observe)/" + CLASS,
            "isolated/io/waybill/(procfs|publish|report|resolve|runtime|scope|silent)/" + CLASS,
            "isolated/com/google/gson/([a-z]+/)*" + CLASS,
            "isolated/com/sun/jna/([a-z0-9]+/)*" + CLASS,
            "isolated/com/sun/jna/linux-(aarch64|x86-64)/libjnidispatch\\.so",
            "isolated/net/bytebuddy/([a-z]+/)*" + CLASS,
            "isolated/picocli/" + CLASS);

    private static final Map<String, byte[]> ENTRIES = new TreeMap<>();
    private static Attributes manifest;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream jar = Files.newInputStream(AgentJar.built())) {
            read(jar, "");
        }
        manifest = new Manifest(new ByteArrayInputStream(ENTRIES.get(JarFile.MANIFEST_NAME))).getMainAttributes();
    }

    /** The classes of the agent's own loader are packed in one entry. */
    private static void read(InputStream in, String folder) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals("isolated/classes.zip")) {
                read(zip, "isolated/");
            } else if (!entry.isDirectory()) {
                ENTRIES.put(folder + entry.getName(), zip.readAllBytes());
            }
        }
    }

    @Test
    void nothingElseIsInIt() {
        assertThat(ENTRIES.keySet())
                .filteredOn(entry -> ALLOWED.stream().noneMatch(entry::matches))
                .isEmpty();
    }

    @Test
    void everythingThatItNeedsIsInIt() {
        assertThat(ALLOWED)
                .filteredOn(allowed -> ENTRIES.keySet().stream().noneMatch(entry -> entry.matches(allowed)))
                .isEmpty();
        assertThat(ENTRIES.keySet())
                .contains("io/waybill/agent/Agent.class", "io/waybill/api/ProcessContainers.class")
                .contains("isolated/com/sun/jna/linux-aarch64/libjnidispatch.so")
                .contains("isolated/com/sun/jna/linux-x86-64/libjnidispatch.so");
    }

    @Test
    void theListOfPackagesIsRight() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String entry : ENTRIES.keySet()) {
            if (entry.startsWith("isolated/") && entry.endsWith(".class")) {
                packages.add(entry.substring("isolated/".length(), entry.lastIndexOf('/'))
                        .replace('/', '.'));
            }
        }

        String listed = new String(ENTRIES.get("isolated/packages"), StandardCharsets.UTF_8);

        assertThat(listed.lines()).containsExactlyElementsOf(packages);
    }

    @Test
    void nativeAccessLibraryKnowsNoLogging() throws IOException {
        for (String entry : ENTRIES.keySet()) {
            if (entry.startsWith("isolated/com/sun/jna/") && entry.endsWith(".class")) {
                assertThat(new String(ENTRIES.get(entry), StandardCharsets.ISO_8859_1))
                        .as(entry)
                        .doesNotContain("java/util/logging", "java.util.logging");
            }
        }
    }

    @Test
    void theManifestNamesTheDoors() throws IOException {
        assertThat(manifest.getValue("Premain-Class")).isEqualTo(Agent.class.getName());
        assertThat(manifest.getValue("Agent-Class")).isEqualTo(Agent.class.getName());
        assertThat(manifest.getValue("Main-Class")).isEqualTo(Main.class.getName());
        assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        assertThat(manifest.keySet())
                .doesNotContain(new Attributes.Name("Boot-Class-Path"), new Attributes.Name("Multi-Release"));
    }

    @Test
    void thePackedClassesAreReadWhereTheyLieAndTheJvmGoesThroughFewNames() throws IOException {
        try (JarFile jar = new JarFile(AgentJar.built().toFile())) {
            assertThat(jar.getEntry("isolated/classes.zip").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(jar.size()).isLessThan(200);
        }
    }
}
