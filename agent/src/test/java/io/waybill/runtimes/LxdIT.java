// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.waybill.runtimes.program.RecordedProgram;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LXD, which starts its containers by LXC and keeps them elsewhere; in a project too, as {@code lxc list} names them. */
class LxdIT {
    private static final String SECRET = "hunter2-" + ProcessHandle.current().pid();

    private static Lab lab;
    private static Told web;
    private static Told inProject;

    @BeforeAll
    static void start() throws Exception {
        Needs.program("lxd");
        lab = Lab.start(Layout.V2);
        Lxd lxd = new Lxd(lab);
        lxd.prepare();
        web = lxd.startWith(SECRET, "web-1-02");
        lxd.enter(web);
        inProject = lxd.run("build", "db-3");
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void psListsWhatLxdListsAndNothingElse() throws Exception {
        assertThat(lab.waybill("ps", "--json").getAsJsonArray().asList().stream()
                        .map(each -> Told.of(each.getAsJsonObject())))
                .containsExactlyInAnyOrder(web, inProject);
    }

    @Test
    void theRecordingNamesThemAndWhatEntered() throws Exception {
        List<RecordedEvent> events = lab.record(
                Jdk.oldest(), RecordedProgram.class, web.id() + "/init", web.id() + "/tail", inProject.id() + "/init");

        assertThat(events.stream()
                        .filter(event -> event.getEventType().getName().equals("waybill.Container"))
                        .map(Told::of)
                        .distinct())
                .containsExactlyInAnyOrder(web, inProject);
        assertThat(events.stream()
                        .filter(event -> event.getEventType().getName().equals("waybill.ProcessObserved"))
                        .filter(event -> event.getString("command").equals("tail"))
                        .map(event -> event.getBoolean("joined"))
                        .distinct())
                .containsExactly(true);
    }

    @Test
    void aRecordedFolderGivesTheSameAnswer() throws Exception {
        for (JsonObject process : lab.listed(web.id()).getAsJsonArray("processes").asList().stream()
                .map(each -> each.getAsJsonObject())
                .toList()) {
            RecordedFolder record = RecordedFolder.of(lab, process.get("pid").getAsLong());

            assertThat(Told.of(record.answer())).isEqualTo(web);
            record.assertThatItGivesTheSameAnswer();
            assertThat(record.filesWith(SECRET)).isEmpty();
        }
    }

    @Test
    void aCgroupThatIsCalledLikeOneIsDisowned() throws Exception {
        String folder = "/sys/fs/cgroup/handed-down/lxc.payload." + web.id();
        lab.serve("up", "sh", "-c", "mkdir -p $1; echo $$ >$1/cgroup.procs; echo up; exec sleep 902", "sh", folder);
        long pid = Long.parseLong(lab.run("pgrep", "--full", "^sleep 902"));

        JsonObject answer = lab.resolved(pid);

        assertThat(answer.get("noContainer").getAsString()).isEqualTo("disowned");
        assertThat(answer.get("noContainerDetail").getAsString()).endsWith("which no monitor of LXC holds");
    }
}
