// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ContainerNamespaceEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ProcessObservedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in which an answer knows the pid namespace and not the container, as before its runtime's files were read. */
class NamespaceOwnersTest {
    private static final long NAMESPACE = 4026532185L;
    private static final long OWN_NAMESPACE = 4026531836L;
    private static final String WEB = "web-0";

    @TempDir
    private Path folder;

    @Test
    void whatWasDoneBeforeTheContainerWasKnownIsDoneForIt() throws IOException {
        Report report = reportOf(() -> {
            scope("", NAMESPACE, 4711);
            observe("child", 4720, "", NAMESPACE, 4711);
            newChunk();
            container(WEB, NAMESPACE, 4711, 1, "");
            scope(WEB, NAMESPACE, 4711);
        });

        Share web = onlyShare(report);
        assertThat(web.containerId()).isEqualTo(WEB);
        assertThat(web.scopes()).isEqualTo(2);
        assertThat(web.nanos()).isPositive();
        assertThat(web.childrenIn()).isEqualTo(1);
        assertThat(report.children()).extracting(Report.StartedChild::livesIn).containsExactly(WEB);
    }

    @Test
    void aScopeWithoutAnInitIsOfTheOnlyNamespaceOfItsNumber() throws IOException {
        Report report = reportOf(() -> {
            container(WEB, NAMESPACE, 4711, 1, "");
            scope("", NAMESPACE, 0);
        });

        assertThat(onlyShare(report).containerId()).isEqualTo(WEB);
    }

    @Test
    void aLaterNamespaceOfTheSameNumberIsAnother() throws IOException {
        Report report = reportOf(() -> {
            container(WEB, NAMESPACE, 4711, 1, "");
            scope(WEB, NAMESPACE, 4711);
            scope("", NAMESPACE, 5000);
        });

        assertThat(report.shares())
                .extracting(Share::displayName)
                .containsExactlyInAnyOrder(WEB, "(pid namespace " + NAMESPACE + ", init 5000)");
    }

    @Test
    void betweenContainersThatShareANamespaceNothingIsGuessed() throws IOException {
        Report report = reportOf(() -> {
            container(WEB, NAMESPACE, 4711, 1, "");
            container("sidecar", NAMESPACE, 4711, 1, "container web-0");
            container("pause", NAMESPACE + 1, 4811, 1, "");
            container("app", NAMESPACE + 1, 4811, 1, "pod");
            container("lone", NAMESPACE + 2, 4911, 1, "pod");
            scope("", NAMESPACE, 4711);
            scope("", NAMESPACE + 1, 4811);
            scope("", NAMESPACE + 2, 4911);
        });

        assertThat(report.shares())
                .filteredOn(share -> share.scopes() > 0)
                .extracting(Share::kind)
                .containsExactly("pid namespace", "pid namespace", "pid namespace");
    }

    @Test
    void theNamespaceOfTheHostIsNotThatOfAContainerInIt() throws IOException {
        Report without = reportOf(() -> {
            container("monitor", OWN_NAMESPACE, 1, 0, "host");
            scope("", OWN_NAMESPACE, 1);
        });
        Report with = reportOf(() -> {
            observe("self", ProcessHandle.current().pid(), "", OWN_NAMESPACE, 1);
            container("monitor", OWN_NAMESPACE, 1, 0, "host");
            scope("", OWN_NAMESPACE, 1);
        });

        assertThat(kindOfTheScope(without)).isEqualTo("pid namespace");
        assertThat(kindOfTheScope(with)).isEqualTo("own namespace");
    }

    private static Share onlyShare(Report report) {
        assertThat(report.problems()).isEmpty();
        assertThat(report.shares()).hasSize(1);
        return report.shares().get(0);
    }

    private static String kindOfTheScope(Report report) {
        return report.shares().stream()
                .filter(share -> share.scopes() > 0)
                .findFirst()
                .orElseThrow()
                .kind();
    }

    private Report reportOf(Runnable events) throws IOException {
        Path file = folder.resolve("some.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            events.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingReader.read(List.of(file), (done, all) -> {});
    }

    private static void newChunk() {
        try (Recording other = new Recording()) {
            other.start();
        }
    }

    private static void container(String id, long pidNamespace, long initPid, int depth, String sharedWith) {
        ContainerNamespaceEvent event = new ContainerNamespaceEvent();
        event.containerId = id;
        event.containerName = id;
        event.pidNamespace = pidNamespace;
        event.initPid = initPid;
        event.depth = depth;
        event.sharedWith = sharedWith;
        event.commit();
    }

    private static void scope(String containerId, long pidNamespace, long initPid) {
        ContainerScopeEvent event = new ContainerScopeEvent();
        event.begin();
        event.containerId = containerId;
        event.pidNamespace = pidNamespace;
        event.initPid = initPid;
        event.commit();
    }

    private static void observe(String origin, long pid, String containerId, long pidNamespace, long initPid) {
        ProcessObservedEvent event = new ProcessObservedEvent();
        event.origin = origin;
        event.pid = pid;
        event.containerId = containerId;
        event.pidNamespace = pidNamespace;
        event.initPid = initPid;
        event.commit();
    }
}
