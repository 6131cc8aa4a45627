// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says that was given something wrong, or a place that takes no output. */
class MistakesIT {
    @TempDir
    private Path folder;

    @Test
    void aMistakeIsOneLineAndTheNextSaysWhereToReadOn() throws Exception {
        assertThat(mistake("resolve", "x"))
                .containsExactly(
                        "waybill: Invalid value for positional parameter at index 0..* (PID): 'x' is not a whole number"
                                + " within bounds",
                        "Help: java -jar waybill-agent.jar resolve --help");
        assertThat(mistake("ps", "--watch=0"))
                .containsExactly("waybill: --watch=0: 1 or more", "Help: java -jar waybill-agent.jar ps --help");
        assertThat(mistake("nonsense"))
                .contains(
                        "Did you mean: java -jar waybill-agent.jar version?",
                        "Help: java -jar waybill-agent.jar --help");
        assertThat(mistake()).startsWith("waybill: a command is missing").contains("Commands:");
    }

    @Test
    void noExampleIsBrokenByTheWidthOfATerminal() throws Exception {
        for (String command : List.of("ps", "resolve", "record", "doctor", "attach", "detach", "jfc", "report")) {
            List<String> help = run(List.of(), command, "--help").out();

            assertThat(help.stream()
                            .dropWhile(line -> !line.startsWith("Example"))
                            .skip(1)
                            .takeWhile(line -> !line.isEmpty()))
                    .as(command)
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("  "));
        }
    }

    @OnBothJdks
    void outputThatCannotBeWrittenIsAnErrorAndSaysWhy(Jdk jdk) throws Exception {
        for (String command : List.of("jfc", "version", "ps")) {
            Outcome outcome = run(ChildJvm.on(jdk), List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"), command);

            assertThat(outcome.exitCode()).as(command).isEqualTo(3);
            assertThat(outcome.err())
                    .as(command)
                    .contains("waybill: standard output cannot be written: No space left on device");
        }
    }

    @OnBothJdks
    void whatIsWatchedEndsWhenNobodyReadsItAnyMore(Jdk jdk) throws Exception {
        Outcome outcome = run(
                ChildJvm.on(jdk),
                List.of("bash", "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "bash"),
                "ps",
                "--watch=1");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).singleElement().asString().startsWith("INIT ");
        assertThat(outcome.err()).noneMatch(line -> line.contains("standard output"));
    }

    /** The JDK asks the system for the words, which has them in German where German is installed. */
    @Test
    void whoReadsNoFurtherIsNoErrorInAnyLanguage() throws Exception {
        Needs.program("localedef");
        Path german = folder.resolve("de_DE.UTF-8");
        Process localedef = new ProcessBuilder("localedef", "-i", "de_DE", "-f", "UTF-8", german.toString()).start();
        Needs.that(localedef.waitFor() == 0, "the sources of locales are needed");

        Outcome outcome = run(
                ChildJvm.on(Jdk.newest())
                        .environment("LOCPATH", folder.toString())
                        .environment("LC_ALL", "de_DE.UTF-8"),
                List.of("bash", "-c", "\"$@\" | head -n 1", "bash"),
                "ps",
                "--watch=1");

        assertThat(outcome.out()).singleElement().asString().startsWith("INIT ");
        assertThat(outcome.err()).noneMatch(line -> line.contains("standard output"));
    }

    @Test
    void aFileThatCannotBeMadeIsNamedWithTheReason() throws Exception {
        Path torn = Files.writeString(folder.resolve("torn.jfr"), "none");
        Path nowhere = folder.resolve("nowhere/page.html");

        Outcome missing = run(List.of(), "report", "--flamegraph", nowhere.toString(), torn.toString());
        Outcome full = run(List.of(), "report", "--flamegraph", "/dev/full", torn.toString());

        assertThat(missing.err()).containsExactly("waybill: " + nowhere + ": there is no such file or folder");
        assertThat(full.err()).containsExactly("waybill: /dev/full: No space left on device");
    }

    @Test
    void aPageWhoseNameWasForgottenDoesNotOverwriteARecording() throws Exception {
        Path first = HostileRecording.writeSmall(folder.resolve("first.jfr"));
        Path second = Files.copy(first, folder.resolve("second.jfr"));

        List<String> err = mistake("report", "--flamegraph", first.toString(), second.toString());

        assertThat(err)
                .contains("waybill: --flamegraph " + first + ": this is a recording, which the page would overwrite");
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void whereNoRecordingCouldBeReadThereIsNoTable() throws Exception {
        Path none = Files.writeString(folder.resolve("none.jfr"), "none");

        Outcome outcome = run(List.of(), "report", none.toString());

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).singleElement().asString().startsWith("waybill: " + none + ": ");
    }

    @OnBothJdks
    void aFileWithoutAWholeChunkAndOneGivenTwiceAreNotTakenForJvms(Jdk jdk) throws Exception {
        Path file = folder.resolve("whole.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.dump(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        Path torn = Files.write(folder.resolve("torn.jfr"), Arrays.copyOf(bytes, bytes.length / 2));

        Outcome cut = run(ChildJvm.on(jdk), List.of(), "report", torn.toString());
        Outcome twice = run(ChildJvm.on(jdk), List.of(), "report", file.toString(), file.toString());

        assertThat(cut.exitCode()).isEqualTo(4);
        assertThat(cut.out()).isEmpty();
        assertThat(twice.exitCode()).isZero();
        assertThat(twice.out())
                .filteredOn(line -> line.startsWith(file.toString()))
                .hasSize(1);
        assertThat(twice.out()).noneMatch(line -> line.contains("pid 0")).anyMatch(line -> line.startsWith("note: "));
    }

    /** Each chunk of a file of several is copied there. */
    @OnBothJdks
    void aFolderForTemporaryFilesThatIsNotThereIsToldOnce(Jdk jdk) throws Exception {
        Path file = HostileRecording.write(folder.resolve("chunks.jfr"));
        Path nowhere = folder.resolve("nowhere");

        Outcome outcome =
                run(ChildJvm.on(jdk).options("-Djava.io.tmpdir=" + nowhere), List.of(), "report", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err())
                .filteredOn(line -> line.startsWith("waybill: "))
                .containsExactly("waybill: no chunk can be copied into the folder for temporary files, " + nowhere
                        + ", as each of several in a file is to be read: NoSuchFileException");
    }

    @Test
    void aProcessThatCouldNotBeLookedAtHasNoRowOfNoughts() throws Exception {
        Path file = folder.resolve("refused.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            ProcessObservedEvent event = new ProcessObservedEvent();
            event.pid = 1;
            event.origin = "proc";
            event.outcome = "refused";
            event.commit();
            recording.dump(file);
        }

        assertThat(run(List.of(), "report", "--csv", file.toString()).out())
                .anyMatch(line -> line.startsWith("unknown,"));
        assertThat(run(List.of(), "report", file.toString()).out())
                .anyMatch(line -> line.startsWith("(no scope)"))
                .noneMatch(line -> line.startsWith("(unknown)"));
    }

    private static List<String> mistake(String... arguments) throws Exception {
        Outcome outcome = run(List.of(), arguments);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        return outcome.err();
    }

    private static Outcome run(List<String> starter, String... arguments) throws Exception {
        return run(ChildJvm.on(Jdk.oldest()), starter, arguments);
    }

    private static Outcome run(ChildJvm jvm, List<String> starter, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", AgentJar.built().toString()));
        command.addAll(List.of(arguments));
        return jvm.startedBy(starter.toArray(new String[0])).runCommand(command.toArray(new String[0]));
    }
}
