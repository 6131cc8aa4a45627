// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
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

    /**
     * Copies a chunk if it has to be.
     *
     * @throws RecordingException if no chunk can be copied
     */
    static ChunkSlice of(Chunk chunk) throws IOException {
        try (FileChannel file = FileChannel.open(chunk.file())) {
            ChunkHeader header = chunk.header();
            return header.position() == 0 && header.size() == file.size() && header.finished()
                    ? new ChunkSlice(chunk.file(), false)
                    : copy(file, header);
        }
    }

    private static ChunkSlice copy(FileChannel file, ChunkHeader chunk) throws IOException {
        ChunkSlice slice = new ChunkSlice(newFile(), true);
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

    private static Path newFile() throws RecordingException {
        try {
            return Files.createTempFile("waybill-chunk", ".jfr");
        } catch (IOException e) {
            String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
            throw new RecordingException("no chunk can be copied into the folder for temporary files, "
                    + System.getProperty("java.io.tmpdir") + ", as each of several in a file is to be read: "
                    + (reason == null ? e.getClass().getSimpleName() : reason));
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
