// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
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

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(AgentJar.built().toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void nothingElseIsInIt() {
        assertThat(entries())
                .filteredOn(entry -> ALLOWED.stream().noneMatch(entry::matches))
                .isEmpty();
    }

    @Test
    void everythingThatItNeedsIsInIt() {
        assertThat(ALLOWED)
                .filteredOn(allowed -> entries().stream().noneMatch(entry -> entry.matches(allowed)))
                .isEmpty();
        assertThat(entries())
                .contains("io/waybill/agent/Agent.class", "io/waybill/api/ProcessContainers.class")
                .contains("isolated/com/sun/jna/linux-aarch64/libjnidispatch.so")
                .contains("isolated/com/sun/jna/linux-x86-64/libjnidispatch.so");
    }

    @Test
    void theListOfPackagesIsRight() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String entry : entries()) {
            if (entry.startsWith("isolated/") && entry.endsWith(".class")) {
                packages.add(entry.substring("isolated/".length(), entry.lastIndexOf('/'))
                        .replace('/', '.'));
            }
        }

        String listed = new String(read("isolated/packages"), StandardCharsets.UTF_8);

        assertThat(listed.lines()).containsExactlyElementsOf(packages);
    }

    @Test
    void nativeAccessLibraryKnowsNoLogging() throws IOException {
        for (String entry : entries()) {
            if (entry.startsWith("isolated/com/sun/jna/") && entry.endsWith(".class")) {
                assertThat(new String(read(entry), StandardCharsets.ISO_8859_1))
                        .as(entry)
                        .doesNotContain("java/util/logging", "java.util.logging");
            }
        }
    }

    @Test
    void theManifestNamesTheDoors() throws IOException {
        Attributes attributes = jar.getManifest().getMainAttributes();

        assertThat(attributes.getValue("Premain-Class")).isEqualTo(Agent.class.getName());
        assertThat(attributes.getValue("Agent-Class")).isEqualTo(Agent.class.getName());
        assertThat(attributes.getValue("Main-Class")).isEqualTo(Main.class.getName());
        assertThat(attributes.getValue("Can-Redefine-Classes")).isEqualTo("true");
        assertThat(attributes.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        assertThat(attributes.keySet())
                .doesNotContain(new Attributes.Name("Boot-Class-Path"), new Attributes.Name("Multi-Release"));
    }

    private static List<String> entries() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }

    private static byte[] read(String entry) throws IOException {
        return jar.getInputStream(jar.getEntry(entry)).readAllBytes();
    }
}
