// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * An application's own code, as new to the JVM as that of an agent that was attached just now: reads the status of a process
 * the way anybody would.
 */
public final class Newcomer implements ToLongFunction<Long> {
    /** One more of its kind, in a class of its own, of which nothing is compiled. */
    @SuppressWarnings("unchecked")
    static ToLongFunction<Long> another() throws IOException, ReflectiveOperationException {
        URL classes = Newcomer.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            return (ToLongFunction<Long>)
                    loader.loadClass(Newcomer.class.getName()).getConstructor().newInstance();
        }
    }

    @Override
    public long applyAsLong(Long pid) {
        try {
            Map<String, String> values = new TreeMap<>();
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                int end = key(line);
                values.put(line.substring(0, end), line.substring(end + 1).strip());
            }
            return number(values.getOrDefault("PPid", ""));
        } catch (NoSuchFileException e) {
            return 0; // /proc is hidden just now
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int key(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ':') {
            end++;
        }
        return end;
    }

    private static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            number = 10 * number + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
