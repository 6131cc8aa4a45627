// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as containerd leaves them, and others; those that it has open are in {@code ContainerdImagesIT}. */
class BoltFileTest {
    private static final List<String> KEY = ContainerdState.imageKey("default", "web-1");
    private static final String IMAGE = "docker.io/library/nginx:1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTextInNestedBucketsIsFound() throws IOException {
        Path file = write(BoltExcerpt.of(KEY, IMAGE));

        assertThat(text(file, KEY)).isEqualTo(IMAGE);
        assertThat(text(file, ContainerdState.imageKey("default", "web-2"))).isNull();
        assertThat(text(file, List.of("v1", "default"))).isNull();
        assertThat(text(file, List.of("v1", "default", "containers", "web-1", "image", "tag")))
                .isNull();
    }

    @Test
    void ofTwoStatesTheNewerWholeOneIsTaken() throws IOException {
        byte[] bytes = BoltExcerpt.of(KEY, IMAGE);
        bytes[4096 + BoltFile.HEAD]++;

        assertThat(text(write(bytes), KEY)).isEqualTo(IMAGE);
        bytes[4096 + BoltFile.HEAD]--;
        bytes[BoltFile.HEAD]++;

        assertThat(text(write(bytes), KEY)).isEqualTo(IMAGE);
        bytes[4096 + BoltFile.HEAD]++;

        assertThatThrownBy(() -> text(write(bytes), KEY)).hasMessage("not a file of bbolt");
    }

    @Test
    void aFileThatChangesDuringEachLookIsNotBelieved() throws IOException {
        Path file = write(BoltExcerpt.of(KEY, IMAGE));

        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            assertThatThrownBy(() -> BoltFile.text(new Changing(channel, file), KEY))
                    .hasMessage("it changed during each look");
        }
    }

    @Test
    void aPageThatLeadsBackToItselfEnds() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(BoltExcerpt.of(KEY, IMAGE)).order(ByteOrder.LITTLE_ENDIAN);
        int root = 3 * 4096;
        bytes.putShort(root + 8, (short) BoltFile.BRANCH);
        bytes.putInt(root + 16, 16).putInt(root + 20, 2).putLong(root + 24, 3);

        assertThatThrownBy(() -> text(write(bytes.array()), KEY)).hasMessage("deeper than 16 pages");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("meta.db"), bytes);
    }

    private static @Nullable String text(Path file, List<String> key) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return BoltFile.text(channel, key).orElse(null);
        }
    }

    /** A file to which a change is made whenever a page of the tree is read. */
    private static final class Changing implements SeekableByteChannel {
        private final SeekableByteChannel channel;
        private final Path file;
        private long change = 1;

        Changing(SeekableByteChannel channel, Path file) {
            this.channel = channel;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            if (channel.position() >= 3 * 4096) {
                change++;
                try (SeekableByteChannel writer = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                    writer.position(change % 2 * 4096 + BoltFile.HEAD);
                    writer.write(new BoltMeta(4096, 3, 4, change).bytes());
                }
            }
            return channel.read(bytes);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
