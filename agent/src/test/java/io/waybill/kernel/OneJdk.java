// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.waybill.api.InitWay;
import io.waybill.kernel.program.WitnessProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the built jar says on one JDK, compared with the truth. */
final class OneJdk {
    private static final Gson GSON = new Gson();

    /** May be so: to a guest, the time that the machine gives to others is its own. */
    private static final String LOOKS_LONG =
            "waybill: looking at all processes takes more than a tenth of a core; it is done less often";

    private final Kernel kernel;
    private final Jdk jdk;
    private final Path jar;
    private final Verdict verdict;

    /**
     * Compares on a JDK.
     *
     * @param jar a copy of the built jar that every user can read
     */
    OneJdk(Kernel kernel, Jdk jdk, Path jar, Verdict verdict) {
        this.kernel = kernel;
        this.jdk = jdk;
        this.jar = jar;
        this.verdict = verdict;
    }

    /** {@code doctor} names the way in use, which is returned. */
    String doctor() throws Exception {
        String way = "";
        for (JsonElement element : json(SmallJvm.on(jdk), "doctor", "--json").getAsJsonArray()) {
            JsonObject finding = element.getAsJsonObject();
            String name = finding.get("name").getAsString();
            String value = finding.get("value").getAsString();
            if (name.equals("way in use")) {
                way = value;
            } else if (name.equals(InitWay.NS_GET_INIT_PID.text())) {
                verdict.compare(this + ", " + name, kernel.proposed(), value.startsWith("works"));
            } else if (name.equals(InitWay.NS_GET_TGID_FROM_PIDNS.text())) {
                verdict.compare(this + ", " + name, kernel.translation(), value.startsWith("works"));
            }
        }
        verdict.compare(this + ", way in use", kernel.best().text(), way);
        return way;
    }

    /** {@code resolve --json} agrees with the truth. */
    void resolve(List<Case> cases) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("resolve", "--json"));
        cases.forEach(each -> arguments.add(Long.toString(each.pid())));
        JsonArray answers =
                json(SmallJvm.on(jdk), arguments.toArray(String[]::new)).getAsJsonArray();
        for (int i = 0; i < cases.size(); i++) {
            Case truth = cases.get(i);
            JsonObject answer = answers.get(i).getAsJsonObject();
            String what = this + ", resolve, " + truth.name() + ", ";
            verdict.compare(what + "init", truth.initPid(), number(answer, "initPid"));
            verdict.compare(what + "namespace", truth.inode(), number(answer, "pidNamespace"));
            verdict.compare(what + "way", kernel.best().text(), text(answer, "way"));
            if (truth.containerId() != null) {
                verdict.compare(what + "container", truth.containerId(), text(answer, "containerId"));
            }
        }
    }

    /**
     * A recording agrees with the truth, and what was resolved while it ended was never mistaken.
     *
     * @param round which recording it is, from 1
     * @param useDisk has the container use a disk once for each; none without a disk
     */
    String record(List<Case> cases, int round, Path recording, List<String> useDisk, List<String> shortLived)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(cases.stream().map(each -> Long.toString(each.initPid())).collect(Collectors.joining(",")));
        arguments.add(containerOf(cases));
        arguments.add(Integer.toString(useDisk.size()));
        arguments.addAll(useDisk);
        arguments.addAll(shortLived);
        String options = "filename=" + recording + ",+waybill.ContainerUsage#period=500ms";
        Outcome outcome = SmallJvm.on(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording:" + options)
                .agent(jar, "period=1s")
                .start(WitnessProgram.class, arguments.toArray(String[]::new))
                .join(KernelSession.SECONDS);
        List<String> complaints = outcome.err().stream()
                .filter(line -> !kernel.isGuest() || !line.equals(LOOKS_LONG))
                .toList();
        verdict.compare(this + ", recording, standard error", List.of(), complaints);
        verdict.compare(this + ", recording, exit code", 0, outcome.exitCode());
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        Files.delete(recording);
        cases.forEach(truth -> compare(truth, events));
        ContainerUse use = new ContainerUse(events, containerOf(cases));
        use.compare(this + ", recording, ", kernel.pressure(), verdict);
        if (kernel.isGuest()) {
            use.compareDisk(this + ", recording, ", kernel.countsDisk() ? round : 0, verdict);
        }
        String peers = outcome.out().isEmpty() ? "" : outcome.out().get(0);
        verdict.compare(this + ", peers of a socket", WitnessProgram.RIGHT_PEERS, peers);
        String last =
                outcome.out().isEmpty() ? "" : outcome.out().get(outcome.out().size() - 1);
        verdict.require(this + ", short-lived", last.endsWith(" wrong=0") && !last.contains(" answers=0 "), outcome);
        return last;
    }

    private void compare(Case truth, List<RecordedEvent> events) {
        String what = this + ", recording, " + truth.name() + ", ";
        RecordedEvent process = first(events, "waybill.ProcessObserved", truth.pid());
        verdict.compare(what + "init", truth.initPid(), process == null ? 0L : process.getLong("initPid"));
        verdict.compare(what + "namespace", truth.inode(), process == null ? 0L : process.getLong("pidNamespace"));
        RecordedEvent resolution = first(events, "waybill.InitResolution", truth.pid());
        verdict.compare(what + "way", kernel.best().text(), resolution == null ? "" : resolution.getString("way"));
        if (truth.containerId() != null) {
            verdict.compare(
                    what + "container", truth.containerId(), process == null ? "" : process.getString("containerId"));
        }
    }

    /** A user without rights sees his own namespace, and a foreign one by the next way; which that is, is returned. */
    String resolveAsNobody(Case own, Case foreign) throws Exception {
        String command = "exec \"$@\" $$ " + own.pid() + " " + foreign.pid();
        List<String> prefix = new ArrayList<>(Cases.AS_NOBODY);
        prefix.addAll(List.of("sh", "-c", command, "sh"));
        Outcome outcome =
                SmallJvm.on(jdk).startedBy(prefix.toArray(String[]::new)).runCommand("-jar", jar.toString(), "resolve");
        String text = String.join("\n", outcome.out());
        String[] sections = text.split("(?m)^pid ", -1);
        if (sections.length != 4) {
            verdict.require(this + ", nobody", false, outcome);
            return "";
        }
        String best = kernel.best().text();
        contains("nobody, own namespace", sections[1], "init           1, by " + best + ", verified");
        contains("nobody, own user namespace", sections[2], own.initPid() + ", by " + best + ", verified");
        String next = kernel.bestWithoutRights().text();
        contains("nobody, root's namespace", sections[3], foreign.initPid() + ", by " + next + ", verified");
        String refusal =
                "NS_GET_INIT_PID on .*: errno 1 \\(EPERM\\); CAP_SYS_ADMIN over the namespace's owner is missing";
        boolean refused = Pattern.compile(refusal).matcher(sections[3]).find();
        verdict.compare(this + ", nobody, root's namespace, EPERM", kernel.asksProposed(), refused);
        return (refused ? "EPERM, then " : "") + next;
    }

    private void contains(String what, String section, String expected) {
        verdict.require(this + ", " + what + ", " + expected, section.contains(expected), section);
    }

    private JsonElement json(ChildJvm jvm, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        Outcome outcome = jvm.startCommand(command.toArray(String[]::new)).join(KernelSession.SECONDS);
        verdict.compare(this + ", " + arguments[0] + ", standard error", List.of(), outcome.err());
        return Objects.requireNonNull(GSON.fromJson(String.join("\n", outcome.out()), JsonElement.class));
    }

    private static Object number(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsLong() : object.toString();
    }

    private static Object text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : object.toString();
    }

    private static String containerOf(List<Case> cases) {
        return cases.stream()
                .map(Case::containerId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static RecordedEvent first(List<RecordedEvent> events, String type, long pid) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type) && event.getLong("pid") == pid)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return kernel.name() + ", " + jdk;
    }
}
