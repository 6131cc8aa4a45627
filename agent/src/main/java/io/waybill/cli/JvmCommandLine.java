// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of a JVM.
 *
 * <pre>
 * /opt/jdk/bin/java -Xmx1g -cp /app/classes:/app/lib/* -Dmode=fast com.acme.Main serve
 *               (1)   (2)  (3)                                     (4)
 * (1) the launcher
 * (2) an option
 * (3) an option whose value is the next word
 * (4) what it runs; behind -jar a jar, behind -m a module, otherwise a class or a source file
 * </pre>
 */
final class JvmCommandLine {
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--limit-modules",
            "--patch-module",
            "--enable-native-access",
            "--source");
    private static final Set<String> BEFORE_WHAT_RUNS = Set.of("-jar", "-m", "--module");

    private JvmCommandLine() {}

    /** Whether the first word is the launcher of a JDK. */
    static boolean isLauncher(String word) {
        return word.substring(word.lastIndexOf('/') + 1).equals("java");
    }

    /** What runs, without its folder; empty if that does not show, as in an argument file. */
    static Optional<String> whatRuns(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (BEFORE_WHAT_RUNS.contains(word)) {
                return i + 1 < words.size() ? Optional.of(withoutFolder(words.get(i + 1))) : Optional.empty();
            }
            if (word.startsWith("--module=")) {
                return Optional.of(word.substring("--module=".length()));
            }
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-") && !word.startsWith("@")) {
                return Optional.of(withoutFolder(word));
            }
        }
        return Optional.empty();
    }

    private static String withoutFolder(String word) {
        return word.endsWith(".jar") || word.endsWith(".java") ? word.substring(word.lastIndexOf('/') + 1) : word;
    }
}
