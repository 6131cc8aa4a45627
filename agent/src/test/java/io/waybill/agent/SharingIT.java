// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.observe.program.ChildrenProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Class-data sharing, which agents that append to the boot class path take from the application. */
class SharingIT {
    @TempDir
    private Path folder = Path.of("");

    @OnBothJdks
    void everyClassThatWasSharedIsStillShared(Jdk jdk) throws Exception {
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");

        Outcome without = ChildJvm.on(jdk).options(logOfLoading(before)).run(ChildrenProgram.class);
        Outcome with = ChildJvm.on(jdk)
                .options("-Xshare:on", logOfLoading(after))
                .agent(AgentJar.withRuntime("Children"), "children=eager")
                .run(ChildrenProgram.class);

        assertThat(without.exitCode()).isZero();
        assertThat(with.err()).isEmpty();
        assertThat(with.out()).noneMatch(line -> line.contains("[warning]") || line.contains("Sharing"));
        assertThat(loaded(before, true)).hasSizeGreaterThan(400);
        assertThat(loaded(after, true)).hasSizeGreaterThan(400);
        assertThat(loaded(after, false)).doesNotContainAnyElementsOf(loaded(before, true));
    }

    private static String logOfLoading(Path file) {
        return "-Xlog:class+load:file=" + file;
    }

    /**
     * The classes that came from the archive, or from elsewhere.
     *
     * <pre>
     * [0.029s][info][class,load] java.lang.Process source: shared objects file
     *                                  (1)                        (2)
     * (1) its name; of hidden classes followed by a slash
     * (2) or a URL, or, of the one that has the hook, __VM_RedefineClasses__
     * </pre>
     */
    private static Set<String> loaded(Path log, boolean shared) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: ") && !line.contains("__VM_RedefineClasses__"))
                    .filter(line -> line.contains("source: shared objects file") == shared)
                    .map(line -> line.substring(line.lastIndexOf("] ") + 2, line.indexOf(" source: ")))
                    .filter(name -> !name.contains("/"))
                    .collect(Collectors.toSet());
        }
    }
}
