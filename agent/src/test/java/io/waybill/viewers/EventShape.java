// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How an event is to look: a block of {@code events.txt}.
 *
 * @param name the event's name
 * @param label what people read instead
 * @param fields its own fields, in order
 */
record EventShape(String name, String label, List<Field> fields) {
    static final String CATEGORY = "Container Identity";

    private static final Path FILE = Path.of("src/test/resources/events.txt");

    /**
     * A field.
     *
     * @param name its name
     * @param label what people read instead
     * @param type its type in Java
     * @param content what Mission Control takes it for
     * @param marks the annotations of ours that it bears, by spaces
     */
    record Field(String name, String label, String type, String content, String marks) {
        /** What {@code jfr metadata} says of it: its label, its unit and its marks. */
        List<String> annotations() {
            String unit = switch (content) {
                case "percentage" -> "@Percentage";
                case "memory" -> "@DataAmount";
                case "timespan" -> "@Timespan(";
                case "timestamp" -> "@Timestamp(";
                default -> "";
            };
            return Stream.concat(
                            Stream.of("@Label(\"" + label + "\")", unit),
                            Stream.of(marks.split(" ")).map(mark -> mark.isEmpty() ? mark : "@" + mark))
                    .toList();
        }

        /** How {@code jfr print} writes its values. */
        Pattern printed() {
            return Pattern.compile(
                    switch (content) {
                        case "text" -> "\".*\"";
                        case "percentage" -> "-?[0-9.]+%|N/A";
                        case "memory" -> "[0-9.]+ (bytes|kB|MB|GB)";
                        case "timespan" -> "[0-9.]+ (ns|us|ms|s)|([0-9]+ [dhms] ?){2,3}";
                        case "timestamp" -> "[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]+.*";
                        case "boolean" -> "true|false";
                        default -> "[0-9]+(\\.[0-9]+)?";
                    });
        }
    }

    static List<EventShape> all() throws IOException {
        List<EventShape> shapes = new ArrayList<>();
        for (String block : Files.readString(FILE).split("\n\n")) {
            if (!block.startsWith("#")) {
                shapes.add(parse(block.lines().toList()));
            }
        }
        return shapes;
    }

    private static EventShape parse(List<String> lines) {
        String[] event = lines.get(0).split(" {2,}");
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.strip().split(" {2,}");
            fields.add(new Field(cells[0], cells[1], cells[2], cells[3], cells.length > 4 ? cells[4] : ""));
        }
        return new EventShape(event[0], event[1], fields);
    }

    List<String> fieldNames() {
        return fields.stream().map(Field::name).toList();
    }

    List<String> fieldLabels() {
        return fields.stream().map(Field::label).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
