// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import io.waybill.testing.AgentJar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left of a log when all is taken out that differs from run to run, in the order of the alphabet. */
final class LogShape {
    /** In the span of a request that this JVM made. */
    private static final String OURS = "user_agent.original=Java-http-client/";

    private LogShape() {}

    /**
     * The lines, each with numbers and folders blotted out.
     *
     * <pre>
     * 25-Nov-2026 22:14:00.123 INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [512] milliseconds
     * (1)                                                                                                (1)
     * (1) numbers, also hexadecimal ones, of any length
     * </pre>
     *
     * <p>A server that lists its own command line names Waybill's jar there, and is right. A request that our client made
     * twice stands there once: the JDK's repeats one whose connection was lost before the first byte of the answer.
     */
    static List<String> of(List<String> lines, ServingJvm jvm) {
        Set<String> requests = new HashSet<>();
        return lines.stream()
                .filter(line -> !line.contains(AgentJar.built().toString()))
                .filter(line -> !isByChance(line))
                .map(line -> line.replace(jvm.folder().toString(), "FOLDER"))
                .map(line -> line.replaceAll("\\b[0-9a-f]{8,}\\b", "#"))
                .map(line -> line.replaceAll("[0-9]+([.,][0-9]+)*", "#"))
                .map(LogShape::sorted)
                .filter(line -> !line.contains(OURS) || requests.add(line))
                .sorted()
                .toList();
    }

    /**
     * What depends on how long something took. Tomcat tells that it needed more than a tenth of a second for a random number,
     * and of a thread that an application left behind, with its stack; that of JNA ends when it has had nothing to do for
     * half a minute.
     *
     * <pre>
     *  com.sun.jna.internal.Cleaner$1.run(Cleaner.java:67)
     * </pre>
     */
    private static boolean isByChance(String line) {
        return line.contains("Creation of SecureRandom instance")
                || line.contains("[JNA Cleaner]")
                || line.matches("| [\\w.$/]+\\([\\w .:]+\\)");
    }

    /** The same, with what stands in the innermost braces in order too: some maps have another one in each run. */
    private static String sorted(String line) {
        return Pattern.compile("\\{([^{}]*)}")
                .matcher(line)
                .replaceAll(map ->
                        Stream.of(map.group(1).split(", ")).sorted().collect(Collectors.joining(", ", "{", "}")));
    }
}
