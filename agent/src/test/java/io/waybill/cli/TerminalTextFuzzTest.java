// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;

/** Whatever a container is called: a terminal is given nothing that it obeys, and a reader of JSON the same text. */
class TerminalTextFuzzTest {
    private static final int WIDTH = 40;

    @FuzzTest(maxDuration = "10s")
    void noTerminalObeysAText(byte[] bytes) {
        String shown = TerminalText.of(new String(bytes, StandardCharsets.UTF_16LE), WIDTH);

        assertThat(shown).hasSizeLessThanOrEqualTo(WIDTH);
        assertThat(shown.codePoints()).noneMatch(TerminalTextFuzzTest::isObeyed);
    }

    @FuzzTest(maxDuration = "10s")
    void noTerminalObeysJsonThatMeansTheSame(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_16LE);

        String shown = TerminalText.json(new JsonPrimitive(text).toString());

        assertThat(shown.codePoints()).noneMatch(c -> Character.isISOControl(c) || isTurning(c));
        assertThat(JsonParser.parseString(shown).getAsString()).isEqualTo(text);
    }

    /** Half of a surrogate pair may be left where a text was cut; it would be printed as a question mark. */
    private static boolean isObeyed(int c) {
        return Character.isISOControl(c) || isTurning(c) || Character.getType(c) == Character.LINE_SEPARATOR;
    }

    private static boolean isTurning(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    }
}
