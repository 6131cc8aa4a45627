// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Period;
import org.junit.jupiter.api.Test;

class JfcCommandTest {
    @Test
    void everyEventHasItsSettings() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exit = CommandLineMain.run(new PrintWriter(out), new PrintWriter(err), "jfc");

        assertThat(exit).isZero();
        assertThat(err.toString()).isEmpty();
        Map<String, String> settings =
                Configuration.create(new StringReader(out.toString())).getSettings();
        assertThat(events()).isNotEmpty().allSatisfy(event -> {
            String name = event.getAnnotation(Name.class).value();
            assertThat(settings).containsEntry(name + "#enabled", "true");
            Period period = event.getAnnotation(Period.class);
            if (period != null) {
                assertThat(settings).containsEntry(name + "#period", period.value());
            }
        });
    }

    private static List<Class<?>> events() {
        return new ClassFileImporter()
                .importPackages("io.waybill.jfr").stream()
                        .filter(type -> type.isAssignableTo(Event.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }
}
