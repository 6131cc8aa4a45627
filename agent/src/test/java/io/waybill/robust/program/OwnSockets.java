// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sockets of this JVM, by what the kernel lists of every family. */
final class OwnSockets {
    private OwnSockets() {}

    /**
     * The kind of each: the name of the list below /proc/self/net that has it, with its state where that has one.
     *
     * <pre>
     *    0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 …
     *                                   (1)                                                     (2)
     * (1) in tcp, udp and raw: 0A is LISTEN (include/net/tcp_states.h); in unix 00010000, __SO_ACCEPTCON, among the flags
     * (2) the inode, elsewhere in unix, netlink and packet
     * </pre>
     */
    static List<String> kinds() throws IOException {
        Map<String, String> kindOf = new TreeMap<>();
        for (File descriptor : new File("/proc/self/fd").listFiles()) {
            if (Files.exists(descriptor.toPath())) {
                String target = Files.readSymbolicLink(descriptor.toPath()).toString();
                if (target.startsWith("socket:[")) {
                    kindOf.put(target.substring("socket:[".length(), target.length() - 1), "unlisted");
                }
            }
        }
        File[] lists = new File("/proc/self/net").listFiles(File::isFile);
        Arrays.sort(lists, Comparator.comparing(File::getName));
        for (File list : lists) {
            for (String line : linesOf(list.toPath())) {
                List<String> words = Arrays.asList(line.strip().split(" +"));
                words.stream()
                        .filter(kindOf::containsKey)
                        .findFirst()
                        .ifPresent(inode -> kindOf.put(inode, list.getName() + (isListening(words) ? " LISTEN" : "")));
            }
        }
        List<String> kinds = new ArrayList<>(kindOf.values());
        kinds.sort(Comparator.naturalOrder());
        return kinds;
    }

    private static boolean isListening(List<String> words) {
        return words.contains("0A") || words.contains("00010000");
    }

    private static List<String> linesOf(Path list) {
        try {
            return Files.readAllLines(list, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // some may be read by root only, or not at all
        }
    }
}
