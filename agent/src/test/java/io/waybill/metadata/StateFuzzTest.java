// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whatever stands in the state of a runtime: it is read as far as it is of the form, and nothing is thrown. */
class StateFuzzTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";

    @FuzzTest(maxDuration = "10s")
    void anyStateOfDockerIsRead(byte[] file) {
        Checks.check(DockerState.record(text(file), ID));
    }

    @FuzzTest(maxDuration = "10s")
    void anyTaskOfContainerdIsRead(byte[] file) {
        Checks.check(ContainerdState.record(text(file), "k8s.io", ID, 0));
    }

    @FuzzTest(maxDuration = "10s")
    void anyStorageOfPodmanAndCrioIsRead(byte[] file) {
        Json json = Json.parse(text(file).text()).orElse(Json.EMPTY);

        Checks.check(ContainerStorage.record(json, json, ID, 0, "file"));
    }

    @FuzzTest(maxDuration = "10s")
    void anyStateOfRuncAndCrunIsRead(byte[] file) {
        Checks.check(OciRuntime.runc(Path.of("/run/runc")).record(ID, text(file)));
        Checks.check(OciRuntime.crun(Path.of("/run/crun")).record(ID, text(file)));
    }

    @FuzzTest(maxDuration = "10s")
    void anyMachineInstanceAndBackupIsRead(byte[] file) {
        Checks.check(MachineState.record(text(file), ID));
        Checks.check(FlatpakState.record(text(file), ID, text(file).text()));
        assertThat(String.valueOf(LxcState.image(text(file).text()))).isNotNull();
    }

    @FuzzTest(maxDuration = "10s")
    void anyAnswerOfAnEngineIsRead(byte[] file) {
        HttpAnswer answer = HttpAnswer.parse(text(file).text());

        assertThat(answer.status()).isBetween(0, 999);
    }

    private static StateText.Text text(byte[] file) {
        return new StateText.Text("file", new String(file, StandardCharsets.UTF_8));
    }

    /**
     * A class of its own, so that the record is not loaded before the fuzzer comes: loaded earlier and instrumented then, it
     * was seen without its fields (NoSuchFieldError on JDK 17.0).
     */
    private static final class Checks {
        static void check(ContainerRecord container) {
            assertThat(container.id()).isEqualTo(ID);
            assertThat(container.init().pid()).isNotNegative();
            assertThat(container.init().startTicks()).isNotNegative();
        }
    }
}
