// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sample01: a client in a container asks who it is, and is told. */
class IdentityServiceIT {
    @TempDir
    private Path folder;

    static List<Path> jdks() throws IOException {
        return ExampleJvm.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClientInAContainerIsToldWhichItIs(Path jdk) throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path socket = shared.resolve("socket");
        String sample = Sample01IdentityService.class.getName();
        Path type = Path.of(sample.replace('.', '/') + ".class");
        Files.createDirectories(shared.resolve(type).getParent());
        Files.copy(ExampleJvm.ROOT.resolve("examples/target/classes").resolve(type), shared.resolve(type));
        List<String> arguments = List.of(
                "-javaagent:" + ExampleJvm.JAR, "-cp", ExampleJvm.classPath(), sample, "serve", socket.toString());
        try (ExampleJvm service = ExampleJvm.start(jdk, folder.resolve("out"), arguments);
                RuncContainer web =
                        RuncContainer.start("whoami", Files.createDirectory(folder.resolve("web")), shared)) {
            service.awaitLine("listening on " + socket);
            String java = jdk.resolve("bin/java").toRealPath().toString();

            // The agent starts beside the service, and reads what the runtime keeps in a thread of its own.
            String answer = "";
            for (int i = 0; i < 60 && !answer.contains(" container whoami"); i++) {
                answer = web.exec(java, "-cp", shared.toString(), sample, "ask", socket.toString());
            }

            assertThat(answer.strip()).matches("you are runc container " + web.id() + ", pid [1-9][0-9]* here");
        }
    }
}
