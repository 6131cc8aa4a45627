// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which a runtime keeps its state.
 *
 * <p>The folder itself may be reached through links, as an administrator makes them; below it none is followed, each step
 * is opened from the one before (openat), and only regular files up to a bound are read. So whoever may write into one
 * container's state cannot lead the reader elsewhere, nor keep it waiting at a FIFO that was there before the look.
 *
 * @param base the folder
 */
public record StateFolder(Path base) {
    /** The largest file that is read; what runtimes write about one container stays far below it. */
    static final int LIMIT = 1 << 20;

    /** The most names that are listed. */
    private static final int MOST_NAMES = 10_000;

    private static final int LONGEST_NAME = 255;
    private static final Set<OpenOption> READ_ONLY = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** What is done with an open file. */
    @FunctionalInterface
    interface Look<T> {
        T into(SeekableByteChannel file) throws IOException;
    }

    /** When a file was written, in nanoseconds since 1970, and which one it is. */
    private record Stamp(long written, @Nullable Object key) {}

    /** The folder of that name below another. */
    public static StateFolder of(Path root, String... names) {
        Path base = root;
        for (String name : names) {
            base = base.resolve(name);
        }
        return new StateFolder(base);
    }

    /**
     * Reads a file.
     *
     * @param names the folders below this one and the file, each one name and not a path
     */
    public StateText read(String... names) {
        Path shown = base;
        for (String name : names) {
            if (!isName(name)) {
                return new StateText.Absent(shown + "/…");
            }
            shown = shown.resolve(name);
        }
        try {
            String text = lookInto(StateFolder::wholeText, names);
            return new StateText.Text(shown.toString(), text);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new StateText.Absent(shown.toString());
        } catch (AccessDeniedException e) {
            return new StateText.Unreadable(shown + ": permission denied (EACCES)");
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return new StateText.Unreadable(shown + ": " + e.getMessage());
        }
    }

    /**
     * Reads in a file of any size.
     *
     * @param look is bounded by itself
     * @param names the folders below this one and the file, each one name and not a path
     * @throws IOException if there is no such file, or it cannot or must not be read
     */
    <T> T lookInto(Look<T> look, String... names) throws IOException {
        if (!Stream.of(names).allMatch(StateFolder::isName)) {
            throw new NoSuchFileException(base + "/…");
        }
        Path name = Path.of(names[names.length - 1]);
        return Descent.to(base, List.of(names).subList(0, names.length - 1), folder -> {
            if (!Descent.attributes(folder, name).isRegularFile()) {
                throw new IOException("not a regular file");
            }
            try (SeekableByteChannel channel = folder.newByteChannel(name, READ_ONLY)) {
                return look.into(channel);
            }
        });
    }

    /**
     * The names in a folder; none where there is none, or none that may be listed.
     *
     * @param names the folders below this one
     * @throws UncheckedIOException if it cannot be listed, as without a descriptor; none then is not there
     */
    public List<String> list(String... names) {
        List<String> found = new ArrayList<>();
        if (Stream.of(names).allMatch(StateFolder::isName)) {
            each(List.of(names), (folder, name) -> found.add(name.toString()));
        }
        return found;
    }

    /** What is done with a name in a folder. */
    @FunctionalInterface
    private interface Entry {
        void in(SecureDirectoryStream<Path> folder, Path name);
    }

    private void each(List<String> folders, Entry action) {
        try {
            Descent.to(base, folders, folder -> {
                int count = 0;
                for (Path entry : folder) {
                    if (count++ < MOST_NAMES) {
                        action.in(folder, entry.getFileName());
                    }
                }
                return count;
            });
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return; // lacking() tells which
        } catch (IOException e) {
            throw new UncheckedIOException(base + ": " + e.getMessage(), e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(base + ": " + e.getMessage(), e.getCause());
        } catch (UnsupportedOperationException | SecurityException e) {
            return;
        }
    }

    /** Whether the folder is there and can be listed, so that what is not in it is not there. */
    public boolean isReadable() {
        return Files.isDirectory(base) && Files.isReadable(base) && Files.isExecutable(base);
    }

    /** What it means that something is not in this folder. */
    Lookup lacking() {
        if (isReadable()) {
            return new Lookup.Unknown(base.toString());
        }
        return Files.notExists(base)
                ? new Lookup.NoState(base.toString())
                : new Lookup.Unreadable(base + ": permission denied (EACCES)");
    }

    /** The user that owns the folder; -1 if it is not there. */
    long owner() {
        try {
            return Files.getAttribute(base, "unix:uid") instanceof Integer uid ? Integer.toUnsignedLong(uid) : -1;
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return -1;
        }
    }

    /**
     * The names in the folder, each with what is another when the folder of that name was made anew, or a file in it was
     * written anew.
     *
     * @throws UncheckedIOException if it cannot be listed, as without a descriptor
     */
    Map<String, Object> stamps() {
        Map<String, Object> stamps = new HashMap<>();
        each(List.of(), (folder, name) -> stamps.put(name.toString(), stamp(folder, name)));
        return stamps;
    }

    private static Object stamp(SecureDirectoryStream<Path> folder, Path name) {
        try {
            BasicFileAttributes attributes = Descent.attributes(folder, name);
            return new Stamp(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.fileKey());
        } catch (IOException e) {
            return "gone";
        }
    }

    private static String wholeText(SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size + 4096, LIMIT + 1));
        int read = 0;
        while (size <= LIMIT && bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes);
        }
        if (size > LIMIT || !bytes.hasRemaining()) {
            throw new IOException("larger than " + LIMIT + " bytes, or growing");
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** Ids come from cgroup paths, which may hold anything but a slash and a line end. */
    private static boolean isName(String name) {
        try {
            return !name.isEmpty()
                    && name.length() <= LONGEST_NAME
                    && !Set.of(".", "..").contains(name)
                    && Path.of(name).toString().indexOf('/') < 0;
        } catch (InvalidPathException e) {
            return false; // a zero, or letters that the JVM's locale does not have
        }
    }
}
