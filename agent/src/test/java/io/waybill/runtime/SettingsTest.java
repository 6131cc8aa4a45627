// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @TempDir
    private Path folder;

    private final List<String> complaints = new ArrayList<>();
    private final Properties properties = new Properties();

    @Test
    void withoutAnyTheDefaultsHold() {
        Settings settings = read("");

        assertThat(settings.time(Setting.PERIOD)).contains(Duration.ofSeconds(5));
        assertThat(settings.isOn(Setting.CHILDREN)).isTrue();
        assertThat(settings.isOn(Setting.OWN)).isFalse();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultIsAllowed(Setting setting) {
        assertThat(setting == Setting.CONFIG || setting.allows(setting.fallback()))
                .as(setting.key())
                .isTrue();
    }

    @Test
    void anOptionWinsOverAPropertyAndAPropertyOverTheFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("waybill.properties"), "period=1m\nwaybill.own=on\njmx=off\nremember=64\n");
        properties.setProperty("waybill.period", "2s");
        properties.setProperty("waybill.jmx", "on");

        Settings settings = read("period=700ms,config=" + file);

        assertThat(settings.time(Setting.PERIOD)).contains(Duration.ofMillis(700));
        assertThat(settings.isOn(Setting.JMX)).isTrue();
        assertThat(settings.isOn(Setting.OWN)).isTrue();
        assertThat(settings.number(Setting.REMEMBER)).isEqualTo(64);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "perod=5s      | option perod is unknown; known are ",
                "period=5      | option period=5: allowed is a time such as 500ms, 5s or 1m, at least 100ms; or off",
                "period=50ms   | option period=50ms: allowed is a time",
                "own=yes       | option own=yes: allowed is on, off; the default off is used",
                "remember=3    | option remember=3: allowed is a number from 16 to 1000000",
                "own           | option \"own\" is not of the form key=value",
                "config=/no/such.properties | option config=/no/such.properties: cannot be read"
            })
    void aMistakeIsOneLineWithKeyValueAndWhatIsAllowed(String options, String line) {
        Settings settings = read(options);

        assertThat(complaints).singleElement().asString().startsWith(line).hasLineCount(1);
        assertThat(settings.time(Setting.PERIOD)).contains(Duration.ofSeconds(5));
        assertThat(settings.isOn(Setting.OWN)).isFalse();
    }

    @Test
    void aMistakeInAPropertyOrInTheFileNamesWhereItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("waybill.properties"), "jfr=maybe\n");
        properties.setProperty("waybill.jmx", "maybe");

        read("config=" + file);

        assertThat(complaints).hasSize(2);
        assertThat(complaints.get(0)).startsWith("system property waybill.jmx=maybe: allowed is on, off");
        assertThat(complaints.get(1)).startsWith("in " + file + ": jfr=maybe: allowed is on, off");
    }

    private Settings read(String options) {
        return Settings.read(options, properties, complaints::add);
    }
}
