// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkListTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void chunksAreFoundByTheirHeaders() throws IOException {
        chunk(100, 1000);
        chunk(68, 2000);

        ChunkList list = scan();

        assertThat(list.problems()).isEmpty();
        assertThat(list.chunks())
                .containsExactly(
                        new ChunkHeader(0, 100, 1000, 5, 1001, 10, true),
                        new ChunkHeader(100, 68, 2000, 5, 2001, 10, true));
    }

    @Test
    void aChunkThatIsCutShortIsLeftOutAndTold() throws IOException {
        chunk(100, 1000);
        chunk(500, 2000);
        byte[] whole = bytes.toByteArray();
        bytes.reset();
        bytes.write(whole, 0, 300);

        ChunkList list = scan();

        assertThat(list.chunks()).hasSize(1);
        assertThat(list.problems())
                .containsExactly("it is cut short: the chunk at byte 100 has 500 bytes, 200 of them are there");
    }

    @Test
    void afterDamageTheSearchGoesOnAtTheNextHeader() throws IOException {
        chunk(100, 1000);
        bytes.writeBytes(new byte[200_000]);
        chunk(80, 2000);
        bytes.writeBytes("FLR".getBytes(StandardCharsets.US_ASCII));

        ChunkList list = scan();

        assertThat(list.chunks()).extracting(ChunkHeader::position).containsExactly(0L, 200_100L);
        assertThat(list.problems())
                .containsExactly(
                        "it is damaged from byte 100 to byte 200100", "it is damaged from byte 200180 to byte 200183");
    }

    @Test
    void aChunkThatSaysItIsSmallerThanItsHeaderIsDamage() throws IOException {
        chunk(100, 1000);
        byte[] whole = bytes.toByteArray();
        ByteBuffer.wrap(whole).putLong(8, 7);
        bytes.reset();
        bytes.writeBytes(whole);

        assertThat(scan().chunks()).isEmpty();
        assertThat(scan().problems()).containsExactly("it is damaged from byte 0 to byte 100");
    }

    @Test
    void whatAKilledJvmMadeReadableIsThereAsNotFinished() throws IOException {
        chunk(100, 1000);
        byte[] whole = bytes.toByteArray();
        whole[ChunkHeader.STATE] = 7;
        bytes.reset();
        bytes.writeBytes(whole);
        bytes.writeBytes(new byte[30]);
        chunk(80, 2000);

        ChunkList list = scan();

        assertThat(list.chunks())
                .containsExactly(
                        new ChunkHeader(0, 100, 1000, 5, 1001, 10, false),
                        new ChunkHeader(130, 80, 2000, 5, 2001, 10, true));
        assertThat(list.problems()).isEmpty();
    }

    /** The JDK's reader would wait for it to be finished. */
    @Test
    void aHeaderThatAKilledJvmWasWritingIsDamage() throws IOException {
        chunk(100, 1000);
        byte[] whole = bytes.toByteArray();
        for (int place : new int[] {24, 64}) {
            ByteBuffer broken = ByteBuffer.wrap(whole.clone());
            bytes.reset();
            bytes.writeBytes((place == 24 ? broken.putLong(24, 0) : broken.put(64, (byte) 255)).array());

            assertThat(scan().chunks()).isEmpty();
            assertThat(scan().problems()).containsExactly("it is damaged from byte 0 to byte 100");
        }
    }

    /** A JVM writes copies of the header into the chunk, too, which speak of as many bytes. */
    @Test
    void inADamagedChunkNoCopyOfItsHeaderIsTakenForAChunk() throws IOException {
        byte[] chunk = recorded();
        byte[] damaged = chunk.clone();
        damaged[0] = 0;
        bytes.writeBytes(chunk);
        bytes.writeBytes(damaged);
        bytes.writeBytes(chunk);
        bytes.writeBytes(chunk);

        ChunkList list = scan();

        long size = chunk.length;
        assertThat(list.chunks()).extracting(ChunkHeader::position).containsExactly(0L, 2 * size, 3 * size);
        assertThat(list.problems()).containsExactly("it is damaged from byte " + size + " to byte " + 2 * size);
    }

    @Test
    void aRecordingBehindATornOneIsFound() throws IOException {
        byte[] chunk = recorded();
        int half = chunk.length / 2;
        bytes.write(chunk, 0, half);
        bytes.writeBytes(chunk);
        bytes.writeBytes(chunk);

        ChunkList list = scan();

        assertThat(list.chunks())
                .extracting(ChunkHeader::position)
                .containsExactly((long) half, (long) half + chunk.length);
        assertThat(list.problems()).containsExactly("it is damaged from byte 0 to byte " + half);
    }

    @Test
    void aForeignFileIsSaidToBeOne() {
        bytes.writeBytes("JAVA PROFILE 1.0.2".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(this::scan)
                .isInstanceOf(RecordingException.class)
                .hasMessage("it is no flight recording: it begins with \"JAVA PRO\" where one has FLR");
    }

    @Test
    void anEmptyACompressedAndAnOldFileAreSaidToBeSo() {
        assertThatThrownBy(this::scan).hasMessage("the file is empty");

        bytes.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertThatThrownBy(this::scan).hasMessageContaining("compressed");

        bytes.reset();
        bytes.writeBytes(ByteBuffer.allocate(68).putInt(ChunkHeader.MAGIC).array());
        assertThatThrownBy(this::scan).hasMessageContaining("the format 0.0");
    }

    /** By JDK 17, of one chunk. */
    private static byte[] recorded() throws IOException {
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(ChunkListTest.class.getResourceAsStream("scopes.jfr.gz")))) {
            return in.readAllBytes();
        }
    }

    private ChunkList scan() throws IOException {
        Path file = folder.resolve("recording.jfr");
        Files.write(file, bytes.toByteArray());
        try (FileChannel channel = FileChannel.open(file)) {
            return ChunkList.of(channel);
        }
    }

    private void chunk(int size, long begin) {
        ByteBuffer chunk = ByteBuffer.allocate(size);
        chunk.putInt(ChunkHeader.MAGIC).putShort((short) 2).putShort((short) 1);
        if (size >= 72) {
            chunk.putLong(16, 68).put(68, new byte[] {2, 1, 2, 0}); // a checkpoint, and metadata
        }
        chunk.putLong(8, size)
                .putLong(24, 70)
                .putLong(32, begin)
                .putLong(40, 5)
                .putLong(48, begin + 1)
                .putLong(56, 10);
        bytes.writeBytes(chunk.array());
    }
}
