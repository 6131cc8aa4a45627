// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.testing.AgentJar;
import io.waybill.testing.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what the built jar says with the truth, on the kernel that it runs on and on both JDKs, as root. Arguments: the
 * kind of kernel, the folder of the C programs, the folder of the jar's unpacked classes, and a file for the results.
 */
public final class KernelSession {
    /** How long a program may take; a guest on a busy machine is slow. */
    static final int SECONDS = 300;

    private static final String ROUNDS = "50";

    private final Kernel kernel;
    private final Path programs;
    private final Path unpacked;
    private final Verdict verdict = new Verdict();
    private final List<String> rows = new ArrayList<>();

    private KernelSession(Kernel kernel, Path programs, Path unpacked) {
        this.kernel = kernel;
        this.programs = programs;
        this.unpacked = unpacked;
    }

    public static void main(String[] arguments) throws Exception {
        KernelSession session =
                new KernelSession(Kernel.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        Path folder = Files.createTempDirectory("waybill-kernel");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            session.compareAll(folder);
        } finally {
            new ProcessBuilder("rm", "-r", folder.toString()).start().waitFor();
        }
        Files.write(Path.of(arguments[3]), session.rows);
        System.out.println(arguments[0] + ", Linux " + System.getProperty("os.version") + ": " + session.verdict);
        System.exit(session.verdict.isRight() ? 0 : 1);
    }

    private void compareAll(Path folder) throws Exception {
        compareRights();
        Path jar = folder.resolve("waybill-agent.jar");
        Files.copy(AgentJar.built(), jar, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        try (Cases cases = Cases.start(folder, programs.resolve("reaper"), kernel.runtime())) {
            int round = 0;
            for (Jdk jdk : List.of(Jdk.oldest(), Jdk.newest())) {
                OneJdk one = new OneJdk(kernel, jdk, jar, verdict);
                String way = one.doctor();
                one.resolve(cases.all());
                String shortLived = record(one, cases, ++round, folder.resolve("recording.jfr"));
                String nobody = one.resolveAsNobody(cases.named("user namespace"), cases.named("nobody in root's"));
                row("kernel", jdk, way, Integer.toString(cases.all().size()), nobody, shortLived);
            }
        }
        if (kernel.asksProposed()) {
            tellLies(Jdk.oldest());
            tellLies(Jdk.newest());
        }
    }

    private String record(OneJdk one, Cases cases, int round, Path recording) throws Exception {
        List<String> shortLived = List.of(programs.resolve("short-lived").toString(), ROUNDS);
        cases.setContainerBusy(true); // no longer than needed, since a guest has no time to lose
        List<String> useDisk = kernel.isGuest() ? cases.useDisk() : List.of();
        String counts = one.record(cases.all(), round, recording, useDisk, shortLived);
        cases.setContainerBusy(false);
        return counts;
    }

    private void tellLies(Jdk jdk) throws Exception {
        Lies lies = new Lies(jdk, programs.resolve("reaper"), List.of(AgentJar.built(), unpacked), verdict);
        for (Map.Entry<Lie, String> counts : lies.tell().entrySet()) {
            row("lie", jdk, counts.getKey().name(), counts.getValue());
        }
    }

    private void row(String kind, Jdk jdk, String... cells) {
        String row = kind + "\t" + kernel.name() + "\t" + jdk.feature() + "\t" + String.join("\t", cells);
        System.out.println(row);
        rows.add(row);
    }

    /** What the bare ioctl answers is what the kind of kernel should: the change does what the proposal says. */
    private void compareRights() throws IOException, InterruptedException {
        Process rights = new ProcessBuilder(programs.resolve("rights").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> answers = new HashMap<>();
        for (String line : new String(rights.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            answers.put(line.split("\t", 2)[0], line.split("\t", 2)[1]);
        }
        Map<String, String> expected = new HashMap<>(Map.of("plain file", "-25", "O_PATH", "-9"));
        if (kernel.proposed()) {
            expected.putAll(Map.of("own, root", "1", "foreign, root", "init", "mount namespace", "-22"));
            expected.putAll(Map.of("own, nobody", "1", "foreign, nobody", "-1"));
        } else {
            expected.putAll(Map.of("own, root", "-25", "foreign, root", "another", "mount namespace", "-25"));
            expected.putAll(Map.of("own, nobody", "-25", "foreign, nobody", "-25"));
        }
        verdict.compare(kernel.name() + ", bare ioctl", expected, answers);
        verdict.compare("rights, exit code", 0, rights.waitFor());
    }
}
