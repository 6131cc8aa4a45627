// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the state of a runtime: it is read as far as it is of the form, and nothing is thrown. */
class StateFuzzTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";

    @TempDir
    private static Path folder = Path.of("");

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

    @FuzzTest(maxDuration = "10s")
    void anyDatabaseOfContainerdIsRead(byte[] changes) throws IOException {
        byte[] file = BoltExcerpt.of(ContainerdState.imageKey("default", "web"), "nginx:1");
        // each three bytes are a place in the first two or the fourth page, and what is written there
        for (int i = 0; i + 2 < changes.length; i += 3) {
            int place = (changes[i] & 0xff) << 4 | (changes[i + 1] & 0xf);
            file[(changes[i + 1] & 0x10) != 0 ? place & 0xff : 3 * 4096 + place] = changes[i + 2];
        }
        Path path = Files.write(folder.resolve("meta.db"), file);

        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            assertThat(BoltFile.text(channel, ContainerdState.imageKey("default", "web")))
                    .isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("\0");
        }
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
