// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may import which. */
class ArchitectureTest {
    private static final List<Row> TABLE = List.of(
            // In jfr-events, what applications compile against.
            row("api"),
            row("jfr"),
            // The layers, from the kernel up.
            row("linux", "api", "jna"),
            row("procfs"),
            row("cgroupfs", "api", "procfs"),
            row("namespace", "api", "linux", "procfs"),
            row("metadata", "api", "gson"),
            row("identity", "api", "metadata", "procfs"),
            row("resolve", "api", "identity", "namespace", "linux", "procfs"),
            row("inventory", "api", "namespace"),
            row("scope"),
            row("observe", "api", "procfs", "scope", "bytebuddy"),
            row("publish", "api", "cgroupfs", "inventory", "jfr", "resolve"),
            row(
                            "runtime",
                            "api",
                            "cgroupfs",
                            "identity",
                            "inventory",
                            "jfr",
                            "linux",
                            "metadata",
                            "namespace",
                            "observe")
                    .and("procfs", "publish", "resolve", "scope"),
            row("report"),
            row("cli", "api", "identity", "inventory", "jfr", "linux", "namespace", "procfs", "resolve", "picocli")
                    .and("gson", "metadata", "report", "runtime"),
            // The doors know what is behind them by name only; JNA knows the silent logger by name only.
            row("agent"),
            row("silent"));

    private static final Map<String, String> LIBRARIES = Map.of(
            "jna", "com.sun.jna..",
            "gson", "com.google.gson..",
            "bytebuddy", "net.bytebuddy..",
            "picocli", "picocli..");

    private static final List<String> ALWAYS = List.of(
            "java..",
            "javax..",
            "jdk..",
            "com.sun.management..",
            "com.sun.tools.attach..",
            "org.jspecify.annotations..",
            "com.google.errorprone.annotations..");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.waybill");

    @ParameterizedTest
    @MethodSource("table")
    void aPackageImportsWhatItsRowSays(Row row) {
        classes()
                .that()
                .resideInAPackage("io.waybill." + row.name())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(row.patterns())
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsRow() {
        assertThat(CLASSES.getPackage("io.waybill").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(
                        TABLE.stream().map(Row::name).toList());
    }

    static List<Row> table() {
        return TABLE;
    }

    private static Row row(String name, String... mayImport) {
        return new Row(name, List.of(mayImport));
    }

    /**
     * A row of the table.
     *
     * @param name of a package below io.waybill
     * @param mayImport packages of ours, and libraries
     */
    record Row(String name, List<String> mayImport) {
        Row and(String... more) {
            return new Row(
                    name, Stream.concat(mayImport.stream(), Stream.of(more)).toList());
        }

        String[] patterns() {
            Stream<String> own = Stream.concat(Stream.of(name), mayImport.stream())
                    .map(word -> LIBRARIES.getOrDefault(word, "io.waybill." + word));
            return Stream.concat(ALWAYS.stream(), own).toArray(String[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
