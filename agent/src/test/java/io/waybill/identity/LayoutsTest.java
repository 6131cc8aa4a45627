// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layout of layouts.txt is read as it says there, and the README's table is made from it. */
class LayoutsTest {
    static List<Layout> layouts() throws IOException {
        return Layout.all();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aLayoutIsReadAsItSays(Layout layout) {
        assertThat(layout.read()).isEqualTo(layout.answer());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aRecordedLayoutNamesItsFolder(Layout layout) {
        if (layout.from().startsWith("recorded: ")) {
            assertThat(Path.of("src/test/resources/procfs")
                            .resolve(layout.from().substring(10)))
                    .isDirectory();
        }
    }

    @Test
    void everyRuleHasItsLayout() throws IOException {
        TreeSet<String> rules = new TreeSet<>();
        CgroupRules.ALL.forEach(rule -> rules.add(rule.name()));
        TreeSet<String> shown = new TreeSet<>();
        for (Layout layout : layouts()) {
            for (String word : layout.answer().split("[ ,]+")) {
                shown.add(word);
            }
        }

        rules.removeAll(shown);

        // what has no name of its own is told by a mount
        assertThat(rules).containsExactly("nspawn-payload");
    }

    @Test
    void theTableOfTheReadmeIsMadeFromThem() throws IOException {
        List<String> table = new ArrayList<>(
                List.of("| layout | what is read | as what | where the line is from |", "|---|---|---|---|"));
        for (Layout layout : layouts()) {
            table.add("| " + Readme.cell(layout.name()) + " | `" + Readme.cell(shortened(layout.lines())) + "` | "
                    + Readme.cell(layout.answer()) + " | " + Readme.cell(layout.from()) + " |");
        }

        Readme.hasTable("layouts", table);
    }

    @Test
    void theFileHasNoLayoutTwice() throws IOException {
        assertThat(layouts()).extracting(Layout::name).doesNotHaveDuplicates();
        assertThat(Files.readString(Path.of("src/test/resources/layouts.txt"))).doesNotContain("\t");
    }

    private static String shortened(List<String> lines) {
        return String.join(" ", lines).replaceAll("([0-9a-f]{12})[0-9a-f]{20,52}", "$1");
    }
}
