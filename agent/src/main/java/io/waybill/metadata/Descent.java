// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The way down to a folder, each step opened from the one before (openat), no link followed. */
final class Descent {
    private Descent() {}

    /** What is done in the folder that a path ends in. */
    @FunctionalInterface
    interface Step<T> {
        T in(SecureDirectoryStream<Path> folder) throws IOException;
    }

    /**
     * Does something in a folder.
     *
     * @param base where to begin, which may be reached through links
     * @param folders the names on the way down
     */
    static <T> T to(Path base, List<String> folders, Step<T> step) throws IOException {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(base)) {
            if (!(top instanceof SecureDirectoryStream<Path> folder)) {
                throw new IOException("folders cannot be opened step by step here");
            }
            return descend(folder, folders, step);
        }
    }

    private static <T> T descend(SecureDirectoryStream<Path> folder, List<String> folders, Step<T> step)
            throws IOException {
        if (folders.isEmpty()) {
            return step.in(folder);
        }
        Path name = Path.of(folders.get(0));
        if (!attributes(folder, name).isDirectory()) {
            throw new NotDirectoryException(name.toString());
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return descend(next, folders.subList(1, folders.size()), step);
        }
    }

    /** What a name in a folder is; of a link, what the link is. */
    static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }
}
