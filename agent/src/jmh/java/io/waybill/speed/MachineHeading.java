// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** How the results begin: on what they were measured. */
final class MachineHeading {
    private MachineHeading() {}

    static void print(String jdk17, String jdk25) throws IOException {
        String model = "";
        long cores = 0;
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("processor")) {
                cores++;
            } else if (line.startsWith("model name")) {
                model = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        String kernel = Files.readAllLines(Path.of("/proc/sys/kernel/osrelease"))
                .get(0); // read in parts, it ends after the first byte
        System.out.println("# How fast");
        System.out.println();
        System.out.println(
                "Written by `agent/src/jmh/run`. Medians, in brackets the quartiles; a ratio is that of two medians of the same "
                        + "run, in which C, 17 and 25 took turns.");
        System.out.println();
        System.out.printf(
                "Measured on: %s, %d cores, Linux %s; JDK %s (JNA) and JDK %s (java.lang.foreign).%n",
                model, cores, kernel.replaceAll("^([0-9]+\\.[0-9]+).*", "$1"), version(jdk17), version(jdk25));
    }

    private static String version(String java) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newInputStream(Path.of(java).getParent().resolveSibling("release"))) {
            release.load(in);
        }
        return release.getProperty("JAVA_VERSION").replace("\"", "");
    }
}
