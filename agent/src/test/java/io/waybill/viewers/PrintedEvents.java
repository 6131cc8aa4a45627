// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the program {@code jfr} prints, taken apart. */
final class PrintedEvents {
    private PrintedEvents() {}

    /** The fields of the first such event that {@code jfr print} shows, in order. */
    static Map<String, String> first(String printed, EventShape shape) {
        Map<String, String> fields = new LinkedHashMap<>();
        String event = ("\n" + printed).split("\n" + shape.name() + " \\{\n", 2)[1];
        for (String line : event.split("\n}", 2)[0].split("\n")) {
            String[] sides = line.strip().split(" = ", 2);
            if (sides.length == 2) {
                fields.put(sides[0], sides[1]);
            }
        }
        return fields;
    }

    /** What stands above the event in {@code jfr metadata}. */
    static String headOf(String metadata, EventShape shape) {
        String above = metadata.substring(0, metadata.indexOf(classOf(shape)));
        return above.substring(above.lastIndexOf("\n\n") + 1);
    }

    /** The event's own fields in {@code jfr metadata}, each with its annotations, in one line. */
    static List<String> fieldsOf(String metadata, EventShape shape) {
        String head = classOf(shape);
        String body = metadata.substring(metadata.indexOf(head) + head.length());
        List<String> fields = new ArrayList<>();
        for (String field : body.substring(0, body.indexOf("\n}")).split("(?<=;)\n")) {
            String line = field.strip().replaceAll("\\s+", " ");
            if (shape.fieldNames().stream().anyMatch(name -> line.endsWith(" " + name + ";"))) {
                fields.add(line);
            }
        }
        return fields;
    }

    private static String classOf(EventShape shape) {
        return "class " + shape.name().substring("waybill.".length()) + " extends jdk.jfr.Event {\n";
    }

    /**
     * The columns of {@code jfr view}, whose second line of dashes tells how wide they are.
     *
     * <pre>
     * Duration Container Name CPU Usage
     * -------- -------------- ---------
     * </pre>
     */
    static List<String> headingOf(String view) {
        List<String> lines = view.lines().toList();
        List<String> labels = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("---") && labels.isEmpty()) {
                int begin = 0;
                for (String dashes : lines.get(i).split(" ")) {
                    int end = Math.min(begin + dashes.length(), lines.get(i - 1).length());
                    labels.add(lines.get(i - 1).substring(begin, end).strip());
                    begin += dashes.length() + 1;
                }
            }
        }
        return labels;
    }
}
