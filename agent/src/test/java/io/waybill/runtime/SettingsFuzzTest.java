// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Whatever stands after the jar: each setting has a value that it allows, and what is wrong is told in bounded lines. */
class SettingsFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyOptionStringIsReadOrTold(byte[] bytes) {
        // not a file of the fuzzer's choice
        Checks.check(new String(bytes, StandardCharsets.UTF_8).replace("config", "konfig"));
    }

    /** A class of its own, so that nothing is loaded before the fuzzer comes; see StateFuzzTest. */
    private static final class Checks {
        private static final int LONGEST = 600;

        static void check(String text) {
            Properties properties = new Properties();
            properties.setProperty("waybill.period", text);
            properties.setProperty("waybill." + text, text);
            List<String> complaints = new ArrayList<>();

            Settings settings = Settings.read(text, properties, complaints::add);

            for (Setting setting : Setting.values()) {
                String value = settings.text(setting);
                assertThat(setting.allows(value) || value.equals(setting.fallback()))
                        .as(setting + "=" + value)
                        .isTrue();
            }
            assertThat(settings.number(Setting.REMEMBER)).isBetween(16, 1_000_000);
            assertThat(settings.time(Setting.SCOPE_WAIT)).isPresent();
            assertThat(complaints).allMatch(line -> line.length() < LONGEST);
        }
    }
}
