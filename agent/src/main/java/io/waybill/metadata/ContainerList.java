// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list of containers as containers/storage keeps it, which has about a kilobyte for each, also for those that do not run.
 * Read an entry at a time: however long it is, no more than one of them is in memory.
 *
 * <pre>
 * [{"id":"91603fc01073","names":["lab-podman"],"metadata":"{\"image-name\":\"localhost/lab/busybox:1\",…}",…},…]
 * </pre>
 */
final class ContainerList {
    /** Some ten thousand containers; of a user's own, who may write what he likes, as little as of any other file. */
    private static final int LARGEST = 16 << 20;

    private ContainerList() {}

    /**
     * Finds a container's entry.
     *
     * @param user whose it is; {@link Wanted#NO_USER} for one of the system
     * @param names the folders below the one that is given, and the list
     * @return null if there is no such list, or the container is not in it
     * @throws IOException if it cannot be read, has another form or is too large
     */
    static @Nullable Json entry(StateFolder folder, String id, long user, String... names) throws IOException {
        try {
            int most = user == Wanted.NO_USER ? LARGEST : StateFolder.LIMIT;
            return folder.lookInto(file -> find(new Part(file, most), id), names)
                    .orElse(null);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }

    private static Optional<Json> find(Part file, String id) throws IOException {
        JsonReader reader = new JsonReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        try {
            reader.beginArray();
            while (reader.hasNext()) {
                file.begin();
                JsonElement each = JsonParser.parseReader(reader);
                if (each.isJsonObject() && id.equals(new Json(each.getAsJsonObject()).text("id"))) {
                    return Optional.of(new Json(each.getAsJsonObject()));
                }
            }
            return Optional.empty();
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new IOException("not a whole JSON list", e);
        } catch (JsonParseException e) {
            if (e.getCause() instanceof TooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new IOException("not a whole JSON list", e);
        }
    }

    /** What is read of the file: not all of it at once, and in the end no more than may be. */
    private static final class Part extends InputStream {
        private final SeekableByteChannel file;
        private final int most;
        private int left;
        private int ofEntry = StateFolder.LIMIT;

        Part(SeekableByteChannel file, int most) {
            this.file = file;
            this.most = most;
            this.left = most;
        }

        /** Another entry begins. */
        void begin() {
            ofEntry = StateFolder.LIMIT;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0 || ofEntry <= 0) {
                throw new TooLargeException("larger than " + (left <= 0 ? most : StateFolder.LIMIT) + " bytes");
            }
            int read = file.read(ByteBuffer.wrap(bytes, offset, Math.min(length, Math.min(left, ofEntry))));
            left -= Math.max(0, read);
            ofEntry -= Math.max(0, read);
            return read;
        }
    }

    /** There is more than is read. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }
}
