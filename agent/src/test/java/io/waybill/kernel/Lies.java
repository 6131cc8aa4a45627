// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.namespace.HeldNamespacesProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cases in which the ioctl lies, and what the classes in the built jar make of them. */
record Lies(Jdk jdk, Path reaper, List<Path> classPath, Verdict verdict) {
    /**
     * <pre>
     * asked=500 lied=500 wrong=0 scans=0 strangers=0
     *       (1)      (2)       (3)     (4)         (5)
     * </pre>
     */
    private static final Pattern COUNTS =
            Pattern.compile("asked=([0-9]+) lied=([0-9]+) wrong=([0-9]+) scans=([0-9]+) strangers=([0-9]+)");

    /** Makes all of them; the numbers of what was asked, of lies and of wrong answers of each. */
    Map<Lie, String> tell() throws Exception {
        Map<Lie, String> counts = new EnumMap<>(Lie.class);
        List<Lie> ofNamespaces = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (Lie lie : Lie.values()) {
            List<String> command = lie.command(reaper);
            if (lie.isOfTheView()) {
                Outcome outcome = jvm().startedBy(command.toArray(String[]::new))
                        .start(HeldNamespacesProgram.class, "-", Integer.toString(lie.asked()))
                        .join(KernelSession.SECONDS);
                counts.putAll(judge(List.of(lie), outcome));
            } else {
                ofNamespaces.add(lie);
                commands.addAll(command);
                commands.add("--");
            }
        }
        Outcome outcome = jvm().start(HeldNamespacesProgram.class, commands.toArray(String[]::new))
                .join(KernelSession.SECONDS);
        counts.putAll(judge(ofNamespaces, outcome));
        return counts;
    }

    private Map<Lie, String> judge(List<Lie> lies, Outcome outcome) {
        List<Matcher> lines = outcome.out().stream()
                .map(COUNTS::matcher)
                .filter(Matcher::matches)
                .toList();
        if (lines.size() != lies.size()) {
            verdict.require(jdk + ", " + lies, false, outcome);
            return Map.of();
        }
        Map<Lie, String> counts = new EnumMap<>(Lie.class);
        for (int i = 0; i < lies.size(); i++) {
            Lie lie = lies.get(i);
            Matcher line = lines.get(i);
            int asked = Integer.parseInt(line.group(1));
            verdict.compare(jdk + ", " + lie + ", asked", lie.asked(), asked);
            verdict.compare(jdk + ", " + lie + ", lied", lie.asked(), Integer.valueOf(line.group(2)));
            verdict.require(
                    jdk + ", " + lie + ", strangers",
                    lie != Lie.REUSED || !line.group(5).equals("0"),
                    outcome);
            verdict.require(jdk + ", " + lie + ", wrong answers", line.group(3).equals("0"), outcome);
            if (lie == Lie.REAPED || lie == Lie.INVISIBLE) {
                // but for those whose memory is used again before they are asked for
                boolean few = 2 * Integer.parseInt(line.group(4)) < asked;
                verdict.require(jdk + ", " + lie + ", passes over /proc for what is known to be gone", few, outcome);
            }
            counts.put(lie, line.group(1) + " " + line.group(2) + " " + line.group(3));
        }
        return counts;
    }

    private ChildJvm jvm() {
        ChildJvm jvm = SmallJvm.on(jdk).classPath(classPath.toArray(Path[]::new));
        return jdk.feature() < 24 ? jvm : jvm.options("--enable-native-access=ALL-UNNAMED");
    }
}
