// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The command on a recording of this JVM, of two chunks, whose containers have hostile names. */
class ReportCommandTest {
    private static final String WEB = HostileRecording.WEB;
    private static final String DB = HostileRecording.DB;
    private static final String HOSTILE = HostileRecording.HOSTILE;

    @TempDir
    private static Path folder;

    private static Path recording;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void record() throws IOException {
        recording = HostileRecording.write(folder.resolve("host.jfr"));
    }

    @Test
    void whatHappenedInScopesIsTheContainersAndTheInnermostCounts() {
        JsonObject report = json(recording);

        JsonObject web = container(report, WEB);
        JsonObject db = container(report, DB);
        assertThat(web.get("scopes").getAsInt()).isEqualTo(1);
        assertThat(web.get("timeNanos").getAsLong()).isPositive();
        assertThat(web.get("allocatedBytes").getAsLong()).isPositive();
        assertThat(db.get("allocatedBytes").getAsLong()).isPositive();
        assertThat(db.get("childrenStartedFor").getAsInt()).isEqualTo(1);
        assertThat(web.get("childrenStartedFor").getAsInt()).isZero();
        assertThat(web.get("runtime").getAsString()).isEqualTo("docker");
        assertThat(web.getAsJsonArray("hottestAllocators").toString()).contains("HostileRecording.allocate");
        assertThat(web.getAsJsonArray("hottestAllocators"))
                .allSatisfy(
                        frame -> assertThat(frame.getAsJsonObject().keySet()).containsExactly("frame", "weight"));
    }

    @Test
    void theJvmItselfAndItsChildrenAreTold() {
        JsonObject report = json(recording);

        JsonObject jvm = report.getAsJsonArray("recordings").get(0).getAsJsonObject();
        assertThat(jvm.get("pid").getAsLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(jvm.get("chunks").getAsInt()).isGreaterThan(1);
        assertThat(jvm.get("pidNamespace").getAsLong()).isEqualTo(4026531836L);
        JsonObject child = report.getAsJsonArray("children").get(0).getAsJsonObject();
        assertThat(child.get("command").getAsString()).isEqualTo("true");
        assertThat(child.get("startedFor").getAsString()).isEqualTo(HOSTILE);
        assertThat(child.get("livesIn").getAsString()).isEqualTo("web-0");
    }

    @Test
    void severalRecordingsMergeByContainer() throws IOException {
        Path other = HostileRecording.writeSmall(folder.resolve("other.jfr"));

        JsonObject report = json(recording, other);

        assertThat(container(report, WEB).get("scopes").getAsInt()).isEqualTo(2);
        assertThat(container(report, WEB).get("recordings").getAsInt()).isEqualTo(2);
        assertThat(container(report, DB).get("recordings").getAsInt()).isEqualTo(1);
    }

    @Test
    void aChunkThatIsInTwoRecordingsIsCountedOnce() throws IOException {
        Path copy = Files.copy(recording, folder.resolve("copy-of-host.jfr"));

        JsonObject report = json(recording, copy);

        assertThat(container(report, WEB).get("scopes").getAsInt()).isEqualTo(1);
        assertThat(report.getAsJsonArray("notes")).isNotEmpty();
    }

    @Test
    void ofATornRecordingIsShownWhatCouldBeRead() throws IOException {
        byte[] whole = Files.readAllBytes(recording);
        Path torn = Files.write(folder.resolve("torn.jfr"), Arrays.copyOf(whole, whole.length - 100));

        int exitCode = run("report", "--json", torn.toString());

        assertThat(exitCode).isEqualTo(4);
        assertThat(err.toString()).startsWith("waybill: " + torn + ": it is cut short: the chunk at byte ");
        JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(container(report, WEB).get("runtime").getAsString()).isEqualTo("docker");
        assertThat(container(report, WEB).get("scopes").getAsInt()).isZero();
    }

    @Test
    void aDamagedChunkIsToldAndTheOthersAreShown() throws IOException {
        byte[] whole = Files.readAllBytes(recording);
        Arrays.fill(whole, 100, 3000, (byte) 0xff);
        Path damaged = Files.write(folder.resolve("damaged.jfr"), whole);

        int exitCode = run("report", "--json", damaged.toString());

        assertThat(exitCode).isEqualTo(4);
        assertThat(err.toString()).contains("cannot be read to its end");
        JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(container(report, WEB).get("scopes").getAsInt()).isEqualTo(1);
    }

    @Test
    void aForeignFileAndOneThatIsNotThereAreToldAndTheOthersAreShown() throws IOException {
        Path foreign = Files.writeString(folder.resolve("foreign.jfr"), "PK\u0003\u0004 and so on");

        int exitCode = run(
                "report",
                "--csv",
                foreign.toString(),
                folder.resolve("missing.jfr").toString(),
                recording.toString());

        assertThat(exitCode).isEqualTo(4);
        assertThat(err.toString().lines())
                .containsExactly(
                        "waybill: " + foreign + ": it is no flight recording: it begins with"
                                + " \"PK\\x03\\x04 and\" where one has FLR",
                        "waybill: " + folder.resolve("missing.jfr") + ": there is no such file");
        assertThat(out.toString()).contains("container," + WEB);
    }

    @Test
    void theTableObeysNoName() {
        assertThat(run("report", recording.toString())).isZero();

        assertThat(out.toString()).contains("web-0", "\\x1b[2J", "(no scope)", "Children started");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void theCsvHasNoFormula() {
        assertThat(run("report", "--csv", recording.toString())).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("kind,container_id,name,");
        assertThat(lines)
                .filteredOn(line -> line.contains(DB))
                .singleElement()
                .asString()
                .contains(",\"'=cmd|");
    }

    @Test
    void collapsedStacksBeginWithTheContainer() {
        assertThat(run("report", "--collapsed", "--of", "allocation", recording.toString()))
                .isZero();

        assertThat(out.toString().lines())
                .allMatch(line -> line.matches("\\S+ \\d+"))
                .anyMatch(line -> line.startsWith("web-0;") && line.contains("HostileRecording.allocate"))
                .anyMatch(line -> line.startsWith("=cmd|'/c_calc'!A1,<script>alert(1)</script>?[2J;"));
    }

    @Test
    void theFlameGraphIsOnePageWithTheContainersAtTheRoot() throws Exception {
        Path page = folder.resolve("page.html");

        assertThat(run("report", "--flamegraph", page.toString(), "--of", "allocation", recording.toString()))
                .isZero();

        String html = Files.readString(page);
        assertThat(html)
                .doesNotContain("<script>alert", "src=", "href=", "url(", "@import")
                .contains("default-src 'none'");
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.substring(html.indexOf("<html"))
                        .replace("<!DOCTYPE html>", "")
                        .getBytes(StandardCharsets.UTF_8)));
        Element all = (Element) document.getElementsByTagName("div").item(1);
        Element roots = (Element) all.getElementsByTagName("div").item(0);
        List<String> names = StreamSupport.stream(new Children(roots).spliterator(), false)
                .map(root -> root.getElementsByTagName("p").item(0).getTextContent())
                .toList();
        assertThat(names).contains("web-0", HOSTILE.replace('\u001b', '\ufffd'), "(no scope)");
    }

    @Test
    void aWrongCommandLineIsToldAsOne() {
        assertThat(run("report")).isEqualTo(2);
        assertThat(run("report", "--json", "--csv", recording.toString())).isEqualTo(2);
        assertThat(run("report", "--of", "love", recording.toString())).isEqualTo(2);
        assertThat(run("report", "--of", "cpu", "--json", recording.toString())).isEqualTo(2);
        assertThat(run("report", "--frames", "-1", recording.toString())).isEqualTo(2);
    }

    private int run(String... arguments) {
        return CommandLineMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private JsonObject json(Path... files) {
        String[] arguments = new String[files.length + 2];
        arguments[0] = "report";
        arguments[1] = "--json";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 2] = files[i].toString();
        }
        assertThat(run(arguments)).as(err.toString()).isZero();
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private static JsonObject container(JsonObject report, String id) {
        return StreamSupport.stream(report.getAsJsonArray("containers").spliterator(), false)
                .map(row -> row.getAsJsonObject())
                .filter(row -> row.has("containerId")
                        && row.get("containerId").getAsString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The elements inside another. */
    private record Children(Element parent) implements Iterable<Element> {
        @Override
        public Iterator<Element> iterator() {
            return IntStream.range(0, parent.getChildNodes().getLength())
                    .mapToObj(parent.getChildNodes()::item)
                    .filter(Element.class::isInstance)
                    .map(Element.class::cast)
                    .iterator();
        }
    }
}
