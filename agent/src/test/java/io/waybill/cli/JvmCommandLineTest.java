// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmCommandLineTest {
    @ParameterizedTest
    @CsvSource({
        "java -Xmx1g -cp /app/lib/* -Dx=y com.acme.Main serve, com.acme.Main",
        "java -jar /app/service.jar --port 1, service.jar",
        "java -p /app -m com.acme/com.acme.Main, com.acme/com.acme.Main",
        "java --module=com.acme/com.acme.Main, com.acme/com.acme.Main",
        "java --add-opens java.base/java.lang=ALL-UNNAMED --class-path=/app Main, Main",
        "/opt/jdk/bin/java /tmp/Hello.java, Hello.java"
    })
    void whatRunsStandsBehindTheOptions(String line, String runs) {
        assertThat(JvmCommandLine.whatRuns(List.of(line.split(" ")))).contains(runs);
    }

    @Test
    void itDoesNotShowInAnArgumentFile() {
        assertThat(JvmCommandLine.whatRuns(List.of("java", "@/app/arguments"))).isEmpty();
        assertThat(JvmCommandLine.whatRuns(List.of("java", "-jar"))).isEmpty();
        assertThat(JvmCommandLine.whatRuns(List.of())).isEmpty();
    }

    @Test
    void theLauncherIsCalledJava() {
        assertThat(JvmCommandLine.isLauncher("/opt/jdk/bin/java")).isTrue();
        assertThat(JvmCommandLine.isLauncher("java")).isTrue();
        assertThat(JvmCommandLine.isLauncher("/usr/bin/javac")).isFalse();
    }
}
