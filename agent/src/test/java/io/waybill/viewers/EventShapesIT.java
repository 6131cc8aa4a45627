// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.viewers.EventShape.Field;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.AnnotationElement;
import jdk.jfr.EventType;
import jdk.jfr.Relational;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.IDescribable;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.flightrecorder.internal.EventArray;
import org.openjdk.jmc.flightrecorder.internal.FlightRecordingLoader;

/** Every event as the tools of the JDK and the core libraries of Mission Control show it, held against {@code events.txt}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventShapesIT {
    /** What every event of the JDK may have. */
    private static final List<String> INHERITED = List.of("startTime", "duration", "eventThread", "stackTrace");

    private final Map<Jdk, Path> recordings = new HashMap<>();
    private List<EventShape> shapes;

    @TempDir
    private static Path folder;

    @BeforeAll
    void readTable() throws Exception {
        shapes = EventShape.all();
    }

    @Test
    void theSameFactIsTheSameFieldInEveryEventAndTablesStayNarrow() {
        Map<String, String> known = new HashMap<>();
        for (EventShape shape : shapes) {
            for (Field field : shape.fields()) {
                String fact = field.label() + ", " + field.type() + ", " + field.content();
                assertThat(known.getOrDefault(field.name(), fact))
                        .as(shape + "." + field.name())
                        .isEqualTo(fact);
                known.put(field.name(), fact);
            }
            assertThat(shape.fields()).as(shape.name()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @OnBothJdks
    void aRecordingHasTheseEventsAndNoOthersInTheirCategory(Jdk jdk) throws Exception {
        Map<String, EventType> types = new HashMap<>();
        try (RecordingFile file = new RecordingFile(recording(jdk))) {
            file.readEventTypes().stream()
                    .filter(type -> type.getCategoryNames().equals(List.of(EventShape.CATEGORY)))
                    .forEach(type -> types.put(type.getName(), type));
        }

        assertThat(types.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        shapes.stream().map(EventShape::name).toList());
        for (EventShape shape : shapes) {
            EventType type = types.get(shape.name());
            assertThat(type.getLabel()).isEqualTo(shape.label());
            assertThat(type.getDescription()).isNotBlank();
            for (Field field : shape.fields()) {
                boolean relates =
                        field.marks().startsWith("ContainerId") || field.marks().equals("PidNamespaceInode");
                assertThat(isRelational(type.getField(field.name())))
                        .as(shape + "." + field.name())
                        .isEqualTo(relates);
            }
        }
    }

    @OnBothJdks
    void metadataHasLabelsTypesUnitsAndRelationsInOrder(Jdk jdk) throws Exception {
        for (Jdk tool : toolsFor(jdk)) {
            String metadata = jfr(tool, "metadata", "--categories", EventShape.CATEGORY, recording(jdk));
            for (EventShape shape : shapes) {
                assertThat(PrintedEvents.headOf(metadata, shape))
                        .as(tool + ", " + shape)
                        .contains("@Category(\"" + EventShape.CATEGORY + "\")", "@Label(\"" + shape.label() + "\")");
                List<String> fields = PrintedEvents.fieldsOf(metadata, shape);
                assertThat(fields).as(tool + ", " + shape).hasSameSizeAs(shape.fields());
                for (int i = 0; i < fields.size(); i++) {
                    Field field = shape.fields().get(i);
                    assertThat(fields.get(i))
                            .as(tool + ", " + shape)
                            .contains(field.annotations())
                            .endsWith(field.type() + " " + field.name() + ";");
                }
            }
        }
    }

    @OnBothJdks
    void printHasEveryFieldInOrderWithItsUnit(Jdk jdk) throws Exception {
        for (Jdk tool : toolsFor(jdk)) {
            String printed = jfr(tool, "print", "--categories", EventShape.CATEGORY, recording(jdk));
            for (EventShape shape : shapes) {
                Map<String, String> first = PrintedEvents.first(printed, shape);
                first.keySet().removeAll(INHERITED);

                assertThat(first.keySet()).as(tool + ", " + shape).containsExactlyElementsOf(shape.fieldNames());
                for (Field field : shape.fields()) {
                    assertThat(first.get(field.name()))
                            .as(tool + ", " + shape + "." + field.name())
                            .matches(field.printed());
                }
            }
        }
    }

    @OnBothJdks
    void summaryCountsEachOfThem(Jdk jdk) throws Exception {
        for (Jdk tool : toolsFor(jdk)) {
            String summary = jfr(tool, "summary", recording(jdk));

            for (EventShape shape : shapes) {
                assertThat(summary).as(tool.toString()).containsPattern(" " + shape.name() + " +[1-9]");
            }
        }
    }

    /** The tool has had views since JDK 21; it takes recordings of older ones. */
    @OnBothJdks
    void viewHasTheLabelsInOrder(Jdk jdk) throws Exception {
        for (EventShape shape : shapes) {
            String view = jfr(Jdk.newest(), "view", "--width", "600", shape.name(), recording(jdk));

            assertThat(view).contains(shape.label());
            assertThat(PrintedEvents.headingOf(view))
                    .as(shape.name())
                    .containsSubsequence(shape.fieldLabels())
                    .hasSizeLessThanOrEqualTo(shape.fields().size() + INHERITED.size());
        }
    }

    /** Without a width the tool takes what the cells need, but not much more than 120 columns. */
    @OnBothJdks
    void viewCutsNoLabelAtTheWidthItTakes(Jdk jdk) throws Exception {
        for (EventShape shape : shapes) {
            String view = jfr(Jdk.newest(), "view", shape.name(), recording(jdk));

            assertThat(PrintedEvents.headingOf(view)).as(shape.name()).containsSubsequence(shape.fieldLabels());
        }
    }

    @OnBothJdks
    void missionControlHasLabelsUnitsAndTheCategory(Jdk jdk) throws Exception {
        Map<String, EventArray> arrays = new HashMap<>();
        try (InputStream in = Files.newInputStream(recording(jdk))) {
            for (EventArray array :
                    FlightRecordingLoader.loadStream(in, false, false).getArrays()) {
                arrays.put(array.getType().getIdentifier(), array);
            }
        }
        for (EventShape shape : shapes) {
            EventArray array = arrays.get(shape.name());
            assertThat(array).as(shape.name()).isNotNull();
            assertThat(array.getType().getName()).isEqualTo(shape.label());
            assertThat(array.getTypeCategory()).containsExactly(EventShape.CATEGORY);
            assertThat(array.getEvents()).isNotEmpty();
            Map<String, String> fields = new LinkedHashMap<>();
            for (Map.Entry<IAccessorKey<?>, ? extends IDescribable> each :
                    array.getType().getAccessorKeys().entrySet()) {
                fields.put(
                        each.getKey().getIdentifier(),
                        each.getValue().getName() + ", "
                                + each.getKey().getContentType().getIdentifier());
            }
            for (Field field : shape.fields()) {
                assertThat(fields).as(shape.name()).containsEntry(field.name(), field.label() + ", " + field.content());
            }
        }
    }

    /** Made once for each JDK. */
    private Path recording(Jdk jdk) throws Exception {
        Path known = recordings.get(jdk);
        if (known != null) {
            return known;
        }
        Path recording = EveryEventRecording.make(jdk, folder.resolve("jdk" + jdk.feature() + ".jfr"));
        recordings.put(jdk, recording);
        return recording;
    }

    private static List<Jdk> toolsFor(Jdk jdk) {
        return Stream.of(jdk, Jdk.newest()).distinct().toList();
    }

    private static String jfr(Jdk jdk, Object... arguments) throws Exception {
        Outcome outcome = ChildJvm.tool(jdk, "jfr")
                .runCommand(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return String.join("\n", outcome.out());
    }

    private static boolean isRelational(ValueDescriptor field) {
        List<AnnotationElement> marks = new ArrayList<>();
        field.getAnnotationElements().forEach(each -> marks.addAll(each.getAnnotationElements()));
        return marks.stream().anyMatch(each -> each.getTypeName().equals(Relational.class.getName()));
    }
}
