// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables of the README that are made from what they tell of, so that neither can change alone.
 *
 * <pre>
 * &lt;!-- options: made from Setting --&gt;
 * | key | …
 * &lt;!-- end --&gt;
 * </pre>
 *
 * <p>{@code mvn verify -Dwaybill.readme=write} writes them anew.
 */
public final class Readme {
    private static final String END = "<!-- end -->";

    private Readme() {}

    /**
     * The README has these lines between the markers of this name, or, if so asked, is given them.
     *
     * @param name as the first marker has it, before the colon
     */
    public static void hasTable(String name, List<String> lines) throws IOException {
        Path file = folder().resolve("README.md");
        String text = Files.readString(file);
        int marker = text.indexOf("<!-- " + name + ":");
        assertThat(marker).as("marker of the table " + name + " in README.md").isNotNegative();
        int begin = text.indexOf('\n', marker) + 1;
        int end = text.indexOf(END, begin);
        String wanted = String.join("\n", lines) + "\n";
        if ("write".equals(System.getProperty("waybill.readme"))) {
            Files.writeString(file, text.substring(0, begin) + wanted + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("table " + name + " of README.md; -Dwaybill.readme=write makes it anew")
                .isEqualTo(wanted);
    }

    /** A cell of a table in Markdown. */
    public static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }

    /** The project's folder, above that of the module. */
    private static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
