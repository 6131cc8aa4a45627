// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code waybill record} makes of a process in a container of each runtime: a folder from which the same answer is
 * read on another machine, and in which nothing is that is nobody's business.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Layout.class,
        names = {"V1", "SYSTEMD"})
record RecordsIT(Layout layout) {
    private static final String SECRET = "hunter2-" + ProcessHandle.current().pid();

    private static Lab lab;
    private static List<Told> told;

    @BeforeParameterizedClassInvocation
    static void startOneOfEach(Layout layout) throws Exception {
        lab = Lab.start(layout);
        told = new ArrayList<>();
        for (Engine engine : RuntimesIT.engines(lab)) {
            engine.prepare();
            Told container = engine.startWith(SECRET, "web-" + told.size() + ".a");
            engine.enter(container);
            told.add(container);
        }
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theFolderGivesTheSameAnswerForTheInitAndForWhatEntered() throws Exception {
        for (Told container : told) {
            assertSameAnswer(container, container.initPid());
            assertSameAnswer(container, lab.childOf(container.initPid(), "sleep"));
        }
        for (JsonObject entered : entered()) {
            Told container = told.stream()
                    .filter(each -> each.id().equals(entered.get("containerId").getAsString()))
                    .findFirst()
                    .orElseThrow();
            assertSameAnswer(container, entered.get("pid").getAsLong());
        }
    }

    /** The processes that run {@code tail}, as {@code ps} lists them. */
    private static List<JsonObject> entered() throws Exception {
        List<JsonObject> entered = new ArrayList<>();
        lab.waybill("ps", "--json")
                .getAsJsonArray()
                .forEach(container -> container
                        .getAsJsonObject()
                        .getAsJsonArray("processes")
                        .forEach(each -> {
                            if (each.getAsJsonObject()
                                    .get("command")
                                    .getAsString()
                                    .equals("tail")) {
                                entered.add(each.getAsJsonObject());
                            }
                        }));
        assertThat(entered).hasSameSizeAs(told);
        return entered;
    }

    private static void assertSameAnswer(Told container, long pid) throws Exception {
        assertThat(arguments(pid) + environment(container))
                .as("the secret is there")
                .contains(SECRET);

        RecordedFolder record = RecordedFolder.of(lab, pid);

        assertThat(Told.of(record.answer())).isEqualTo(container);
        record.assertThatItGivesTheSameAnswer();
        assertThat(record.filesWith(SECRET)).isEmpty();
    }

    private static String arguments(long pid) throws Exception {
        return lab.run("cat", "/proc/" + pid + "/cmdline");
    }

    private static String environment(Told container) throws Exception {
        return lab.run("sh", "-c", "cat /proc/$1/environ", "sh", Long.toString(container.initPid()));
    }
}
