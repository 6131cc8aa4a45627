// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a container is called: it is one cell, one frame, one piece of text, and neither formula nor element. */
class SafeTextFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyTextIsOneHarmlessPiece(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_16LE);

        String cell = SafeText.csv(text);
        String frame = SafeText.frame(text);
        String html = SafeText.html(text);

        String content = cell.startsWith("\"") ? unquoted(cell) : cell;
        assertThat(content.stripLeading()).doesNotMatch("(?s)[=+@-].*");
        assertThat(cell.startsWith("\"") ? "" : cell).doesNotContain(",", ";", "\"");
        assertThat(cell + frame + html).matches(all -> all.chars().noneMatch(Character::isISOControl));
        assertThat(frame).doesNotContain(";", " ");
        assertThat(html).doesNotContain("<", ">", "\"", "'");
        assertThat(html.replaceAll("&(lt|gt|amp|quot|#39);", "")).doesNotContain("&");
    }

    /** What a reader of the table sees, for whom a quote inside is written twice. */
    private static String unquoted(String cell) {
        String inner = cell.substring(1, cell.length() - 1);
        assertThat(inner.replace("\"\"", "")).doesNotContain("\"");
        return inner.replace("\"\"", "\"");
    }
}
