// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The application's files, which got the numbers that were closed a moment ago. */
record ReusedDescriptors(List<Path> files, List<FileChannel> channels) implements AutoCloseable {
    private static final int COUNT = 64;

    static ReusedDescriptors open(Path folder) throws IOException {
        ReusedDescriptors reused = new ReusedDescriptors(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < COUNT; i++) {
            Path file = folder.resolve("file-" + i);
            reused.files.add(file);
            reused.channels.add(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        return reused;
    }

    /** They are open, and nobody else wrote to them. */
    void verify() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            channels.get(i).write(ByteBuffer.wrap(new byte[] {'x'}));
            assertThat(Files.readString(files.get(i))).isEqualTo("x");
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
