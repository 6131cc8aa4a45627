// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ContainerScopeEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file as async-profiler's {@code jfrsync} makes it: behind the chunks of the JVM one of the profiler, which is of the same
 * time and has the samples. Children stand for these: that chunk is made of a real one, without the scopes.
 */
class OverlappingChunksTest {
    private static final int STRETCHES = 3;
    private static final int SCOPES = 4;

    /** Of the format 2.0, where another counter counts. */
    private static final short FOREIGN_MINOR = 0;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void record() throws Exception {
        file = folder.resolve("sync.jfr");
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        Path recorded = folder.resolve("recorded.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            for (int i = 1; i < STRETCHES; i++) {
                work();
                try (Recording other = new Recording()) {
                    other.start(); // and a new chunk begins
                }
            }
            work();
            recording.dump(recorded);
        }
        byte[] bytes = Files.readAllBytes(recorded);
        List<ChunkHeader> chunks = chunks(recorded);
        assertThat(chunks).hasSizeGreaterThanOrEqualTo(STRETCHES);
        long end = chunks.get(chunks.size() - 1).end();
        for (ChunkHeader chunk : chunks) {
            byte[] one = new byte[(int) chunk.size()];
            System.arraycopy(bytes, (int) chunk.position(), one, 0, one.length);
            own.writeBytes(without("jdk.ProcessStart", one));
            ByteBuffer foreign = ByteBuffer.wrap(without("waybill.ContainerScope", one));
            foreign.putShort(6, FOREIGN_MINOR);
            foreign.putLong(40, end - chunk.begin()); // not only of the time of one
            foreign.putLong(48, chunk.ticks() + 4711);
            added.writeBytes(foreign.array());
        }
        own.writeBytes(added.toByteArray());
        Files.write(file, own.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 700, 1500, 1 << 20})
    void samplesThatAnotherWriterAddsAreInTheScopesOfTheJvmWhateverRoomThereIs(long room) {
        Report report = RecordingReader.read(List.of(file), (done, all) -> {}, room);

        assertThat(report.problems()).isEmpty();
        assertThat(report.jvms()).hasSize(1);
        assertThat(report.shares()).singleElement().satisfies(web -> {
            assertThat(web.scopes()).isEqualTo(STRETCHES * SCOPES);
            assertThat(web.childrenFor()).isEqualTo(STRETCHES * SCOPES);
            assertThat(web.nanos()).isPositive();
        });
        assertThat(report.unscoped().childrenFor()).isEqualTo(STRETCHES * SCOPES);
        assertThat(report).usingRecursiveComparison().isEqualTo(RecordingReader.read(List.of(file), (done, all) -> {}));
    }

    private void work() throws Exception {
        for (int i = 0; i < SCOPES; i++) {
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            scope.containerId = "web";
            new ProcessBuilder("true").start().waitFor();
            scope.commit();
            new ProcessBuilder("true").start().waitFor();
        }
    }

    /** Renames a type of events. */
    private static byte[] without(String type, byte[] chunk) {
        String text = new String(chunk, StandardCharsets.ISO_8859_1);
        String other = type.substring(0, type.length() - 1) + "_";
        return text.replace(type, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<ChunkHeader> chunks(Path recording) throws Exception {
        try (FileChannel channel = FileChannel.open(recording)) {
            return ChunkList.of(channel).chunks();
        }
    }
}
