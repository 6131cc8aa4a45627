// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One chunk as a file of its own, since the JDK's reader takes files and goes from the first chunk on. A file of a single
 * chunk is taken as it is, if it is finished: for another the reader would wait.
 */
final class ChunkSlice implements AutoCloseable {
    private final Path path;
    private final boolean copied;

    private ChunkSlice(Path path, boolean copied) {
        this.path = path;
        this.copied = copied;
    }

    static ChunkSlice of(Path recording, FileChannel file, ChunkHeader chunk) throws IOException {
        if (chunk.position() == 0 && chunk.size() == file.size() && chunk.finished()) {
            return new ChunkSlice(recording, false);
        }
        ChunkSlice slice = new ChunkSlice(Files.createTempFile("waybill-chunk", ".jfr"), true);
        try (FileChannel copy = FileChannel.open(slice.path, StandardOpenOption.WRITE)) {
            slice.path.toFile().deleteOnExit(); // whoever interrupts a long report shall not find it later
            long done = 0;
            while (done < chunk.size()) {
                long moved = file.transferTo(chunk.position() + done, chunk.size() - done, copy);
                if (moved <= 0) {
                    throw new IOException("it became shorter while it was read");
                }
                done += moved;
            }
            copy.write(ByteBuffer.wrap(new byte[] {ChunkHeader.FINISHED}), ChunkHeader.STATE);
            return slice;
        } catch (IOException | IllegalStateException e) { // the latter while the JVM ends
            slice.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (copied) {
            Files.deleteIfExists(path);
        }
    }
}
