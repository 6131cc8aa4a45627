// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.linux.program.BindingProgram;
import io.waybill.linux.program.TestsProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding of the JDK itself, which 17 lacks: so in JVMs of 25. */
class BindingIT {
    @TempDir
    private Path folder;

    @Test
    void bothBindingsPassTheSameTests() throws Exception {
        Needs.root();
        Path[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);

        Outcome outcome = ChildJvm.on(Jdk.newest())
                .classPath(classPath)
                .options("--enable-native-access=ALL-UNNAMED")
                .run(TestsProgram.class, LinuxTest.class.getName());

        assertThat(outcome.out())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("SUCCESSFUL "));
        List<String> first = testsOf(outcome, "#1");
        assertThat(first).hasSizeGreaterThan(7).isEqualTo(testsOf(outcome, "#2"));
    }

    private static List<String> testsOf(Outcome outcome, String invocation) {
        return outcome.out().stream()
                .filter(line -> line.contains("[class-template-invocation:" + invocation + "]"))
                .map(line -> line.substring(line.indexOf("[method:")))
                .sorted()
                .toList();
    }

    @Test
    void theAgentCallsThroughTheJdkWithoutAWarningAndWithoutJna() throws Exception {
        Path classes = folder.resolve("classes");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));

        Outcome outcome = ChildJvm.on(Jdk.newest())
                .options(
                        "--illegal-native-access=deny",
                        "-Xlog:class+load:file=" + classes,
                        "-Djava.io.tmpdir=" + temporary,
                        "-Duser.home=" + temporary)
                .agent("period=100ms,cache=watched")
                .run(BindingProgram.class);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("FFM");
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("io.waybill.linux.FfmSystemCall "))
                .noneMatch(line -> line.contains("com.sun.jna.") || line.contains("JnaSystemCall"));
        assertThat(filesBelow(temporary)).noneMatch(file -> file.contains("jna"));
    }

    private static List<String> filesBelow(Path top) throws Exception {
        try (Stream<Path> files = Files.walk(top)) {
            return files.map(Path::toString).toList();
        }
    }
}
