// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * README's table of where to look for the container of process 4711.
 *
 * <pre>
 * | jmxterm | `bean io.waybill:type=Containers`, then `run resolve 4711` |
 *     (1)                  (2)
 * (1) where
 * (2) what to do there; what is to be typed is code
 * </pre>
 */
record WhereToLook(Map<String, String> rows) {
    private static final Path README = Path.of("../README.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static WhereToLook table() throws IOException {
        String text = Files.readString(README);
        Map<String, String> rows = new LinkedHashMap<>();
        text.substring(text.indexOf("\n| in | do |\n") + 1)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .forEach(cells -> rows.put(cells[1].strip(), cells[2].strip()));
        return new WhereToLook(rows);
    }

    /** What is to be typed there, for another process. */
    List<String> typed(String where, long pid) {
        List<String> code = new ArrayList<>();
        Matcher matcher = CODE.matcher(rows.getOrDefault(where, "").replace("4711", Long.toString(pid)));
        while (matcher.find()) {
            code.add(matcher.group(1));
        }
        return code;
    }
}
