// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.others.program.GreetingProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK keeps of an application's classes from an earlier run stays in use, and native access may be denied. */
class ArchivesIT {
    private static final String MAIN = "Hello";

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void packApplication() throws Exception {
        jar = folder.resolve("hello.jar");
        Path classes = Sources.compile(MAIN, folder.resolve("hello"), List.of());
        try (Packed packed = Packed.into(jar)) {
            packed.folder("", classes);
        }
    }

    @OnBothJdks
    void theApplicationsOwnArchiveStaysInUse(Jdk jdk) throws Exception {
        Path archive = folder.resolve("hello.jsa");
        run(ChildJvm.on(jdk).options("-XX:ArchiveClassesAtExit=" + archive));

        Outcome outcome = run(ChildJvm.on(jdk)
                .options("-Xshare:on", "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load")
                .agent("children=eager"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).anyMatch(line -> line.endsWith(" Hello source: shared objects file (top)"));
    }

    @Test
    void theCacheOfARunWithTheAgentIsUsed() throws Exception {
        Path cache = folder.resolve("hello.aot");
        run(ChildJvm.on(Jdk.newest())
                .options("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=error")
                .agent("children=eager"));

        assertThat(withCache(cache).out()).anyMatch(line -> line.endsWith(" Hello source: shared objects file"));
    }

    /** Any agent brings this module along, and the JDK takes the cache of a run that had the same modules only. */
    @Test
    void theCacheOfARunWithTheModuleOfAgentsIsUsed() throws Exception {
        Path cache = folder.resolve("hello.aot");
        run(ChildJvm.on(Jdk.newest()).options("-XX:AOTCacheOutput=" + cache, "--add-modules", "java.instrument"));

        assertThat(withCache(cache).out()).anyMatch(line -> line.endsWith(" Hello source: shared objects file"));
    }

    @Test
    void nativeAccessMayBeDeniedToTheApplication() throws Exception {
        List<OtherAgent> agents = List.of(OtherAgent.WAYBILL);
        try (ServingJvm jvm = ServingJvm.start(
                Jdk.newest(),
                folder,
                agents,
                (own, port) -> List.of(
                        "--illegal-native-access=deny",
                        "-cp",
                        ChildJvm.testClasses().toString(),
                        GreetingProgram.class.getName(),
                        Integer.toString(port),
                        "true"))) {
            jvm.jvm().awaitLine("ready");

            assertThat(jvm.attribute("io.waybill:type=Resolver", "Binding")).isEqualTo("FFM");
            assertThat(jvm.stop().err()).isEmpty();
            assertThat(jvm.recorded()).isNotEmpty();
        }
    }

    /** In a mode in which the JVM does not start if it cannot use the cache. */
    private Outcome withCache(Path cache) throws Exception {
        Outcome outcome = run(ChildJvm.on(Jdk.newest())
                .options("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Xlog:class+load")
                .agent("children=eager"));
        assertThat(outcome.err()).isEmpty();
        return outcome;
    }

    /** While a cache is made, the JVM writes to standard error. */
    private Outcome run(ChildJvm jvm) throws Exception {
        Outcome outcome = jvm.runCommand("-cp", jar.toString(), MAIN);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).contains("hello");
        assertThat(outcome.err()).noneMatch(line -> line.startsWith("waybill"));
        return outcome;
    }
}
