// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** An application of Spring Boot in its fat jar, whose class loader is Boot's. */
class SpringBootIT {
    private static final String LOADER = "spring-boot-loader-";

    @TempDir
    private Path folder;

    @OnBothJdks
    void serves(Jdk jdk) throws Exception {
        String jar = pack().toString();
        ServingJvm.Application application = (own, port) -> List.of(
                "-Djava.io.tmpdir=" + own,
                "-jar",
                jar,
                "--server.port=" + port,
                "--spring.application.admin.enabled=true");
        try (Comparison both = Comparison.of(
                ServingJvm.start(jdk, folder, List.of(), application),
                ServingJvm.start(jdk, folder, List.of(OtherAgent.WAYBILL), application))) {
            String before = both.without().get("/host");
            both.checkBeans("org.springframework.boot:type=Admin,*");
            String after = both.with().get("/host");

            assertThat(before).startsWith("outcome: unanswered");
            assertThat(after).startsWith("outcome: ").doesNotContain("unanswered");
            assertThat(Comparison.isRecorded(after, both.checkLogs())).as(after).isTrue();
        }
    }

    private Path pack() throws IOException {
        List<Path> libraries = new ArrayList<>(Stock.jars("spring-boot"));
        Path loader = libraries.stream()
                .filter(jar -> jar.getFileName().toString().startsWith(LOADER))
                .findFirst()
                .orElseThrow();
        libraries.remove(loader);
        libraries.add(Stock.api());
        Path classes = Sources.compile("Application", folder.resolve("application"), libraries);
        Path file = folder.resolve("application.jar");
        try (Packed packed = Packed.into(
                file,
                "Main-Class: org.springframework.boot.loader.launch.JarLauncher",
                "Start-Class: app.Application",
                "Spring-Boot-Classes: BOOT-INF/classes/",
                "Spring-Boot-Lib: BOOT-INF/lib/")) {
            packed.classesOf(loader).folder("BOOT-INF/classes/", classes);
            for (Path library : libraries) {
                packed.library("BOOT-INF/lib/", library);
            }
        }
        return file;
    }
}
