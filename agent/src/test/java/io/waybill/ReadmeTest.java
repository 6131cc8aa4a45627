// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.waybill.cli.CommandNames;
import io.waybill.runtime.Setting;
import io.waybill.testing.Readme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Name;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** The README's tables of options, commands and events are those of the code. */
class ReadmeTest {
    @Test
    void everyOptionIsInTheTable() throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("| key | default | allowed | what it does |", "|---|---|---|---|"));
        for (Setting setting : Setting.values()) {
            String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
            lines.add("| `" + setting.key() + "` | " + fallback + " | " + Readme.cell(setting.allowed()) + " | "
                    + Readme.cell(setting.meaning()) + " |");
        }
        Readme.hasTable("options", lines);
    }

    @Test
    void everyCommandIsInTheTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| command | what it does |", "|---|---|"));
        CommandNames.withDescriptions()
                .forEach((name, description) -> lines.add("| `" + name + "` | " + Readme.cell(description) + " |"));
        Readme.hasTable("commands", lines);
    }

    @Test
    void everyEventIsInTheTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| event | what it tells | fields |", "|---|---|---|"));
        new ClassFileImporter()
                .importPackages("io.waybill.jfr").stream()
                        .filter(type -> type.isAssignableTo(Event.class))
                        .map(JavaClass::reflect)
                        .sorted(Comparator.comparing(
                                type -> type.getAnnotation(Name.class).value()))
                        .forEach(type -> lines.add(row(type.asSubclass(Event.class))));
        Readme.hasTable("events", lines);
    }

    private static String row(Class<? extends Event> type) {
        List<String> inherited = List.of("startTime", "duration", "eventThread", "stackTrace");
        List<String> fields = EventType.getEventType(type).getFields().stream()
                .map(ValueDescriptor::getName)
                .filter(field -> !inherited.contains(field))
                .toList();
        return "| `" + type.getAnnotation(Name.class).value() + "` | "
                + Readme.cell(type.getAnnotation(Description.class).value()) + " | " + String.join(", ", fields) + " |";
    }
}
