// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtimes.program.RestartingProgram;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A container that is restarted while a JVM records: the same container, ended and started, with another init. */
class RestartIT {
    private static Lab lab;
    private static Docker docker;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(Layout.V1);
        docker = new Docker(lab);
        docker.prepare();
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @OnBothJdks
    void itIsRecordedAsEndedAndStarted(Jdk jdk) throws Exception {
        Told before = docker.start("web-" + jdk.feature());

        List<RecordedEvent> events = restart(jdk, before, "docker restart --time 0 " + before.name());

        assertEndedAndStarted(events, before, docker.inspect(before.name()));
    }

    @Test
    void oneOfPodmanToo() throws Exception {
        Podman podman = Podman.ofRoot(lab);
        podman.prepare();
        Told before = podman.start("db");
        String[] restart = podman.line("restart", "--time", "0", before.name());

        List<RecordedEvent> events = restart(Jdk.oldest(), before, String.join(" ", restart));

        assertEndedAndStarted(events, before, podman.inspect(before.name()));
    }

    private static List<RecordedEvent> restart(Jdk jdk, Told container, String command) throws Exception {
        return lab.record(jdk, RestartingProgram.class, Long.toString(container.initPid()), command);
    }

    private static void assertEndedAndStarted(List<RecordedEvent> events, Told before, Told after) {
        assertThat(after).isEqualTo(before.withInit(after.initPid())).isNotEqualTo(before);
        assertThat(inits(events, "waybill.Container", before)).contains(after.initPid());
        // whether one that was there before is told as started depends on which was quicker, recording or agent
        assertThat(inits(events, "waybill.ContainerStarted", before)).last().isEqualTo(after.initPid());
        assertThat(inits(events, "waybill.ContainerEnded", before)).containsExactly(before.initPid());
    }

    /** The inits of a container, by the time of the events: in the file they stand as buffers were written. */
    private static List<Long> inits(List<RecordedEvent> events, String type, Told container) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("containerId").equals(container.id()))
                .filter(event -> event.getString("containerName").equals(container.name()))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .map(event -> event.getLong("initPid"))
                .toList();
    }
}
