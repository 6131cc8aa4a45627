// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.waybill.runtimes.program.RecordedProgram;
import io.waybill.testing.Jdk;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods of containerd's CRI: the workload is told from the sandbox, and the init is that of the pid namespace. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Layout.class, names = "HYBRID", mode = EnumSource.Mode.EXCLUDE)
record KubernetesIT(Layout layout) {
    private static Lab lab;
    private static Cri cri;

    @BeforeParameterizedClassInvocation
    static void startContainerd(Layout layout) throws Exception {
        lab = Lab.start(layout);
        new Containerd(lab).prepare();
        lab.run("ctr", "--namespace", "k8s.io", "images", "import", lab.folder() + "/image.tar");
        cri = new Cri(lab);
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (cri != null) {
            cri.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aContainerIsToldFromItsSandbox() throws Exception {
        String uid = "11111111-2222-3333-4444-555555555555";
        Message pod = cri.pod("web-0", uid, Cri.CONTAINER);
        String sandbox = cri.runPodSandbox(pod);
        String id = cri.runContainer(sandbox, pod, "web", Cri.CONTAINER);

        JsonObject workload = lab.listed(id);
        JsonObject pause = lab.listed(sandbox);

        long pid = cri.containerInfo(id).get("pid").getAsLong();
        assertThat(Told.of(workload)).isEqualTo(new Told("containerd", id, "web", Lab.IMAGE, pid));
        assertThat(workload.has("sandbox")).isFalse();
        assertThat(workload.has("sharedWith")).isFalse();
        assertThat(pause.get("initPid")).isEqualTo(cri.sandboxInfo(sandbox).get("pid"));
        assertThat(pause.get("sandbox").getAsBoolean()).isTrue();
        for (JsonObject each : List.of(workload, pause)) {
            assertThat(each.get("podUid").getAsString()).isEqualTo(uid);
            assertThat(each.get("podName").getAsString()).isEqualTo("web-0");
            assertThat(each.get("podNamespace").getAsString()).isEqualTo("shop");
            RecordedFolder record = RecordedFolder.of(lab, each.get("initPid").getAsLong());
            assertThat(Told.of(record.answer())).isEqualTo(Told.of(each));
            record.assertThatItGivesTheSameAnswer();
        }
    }

    @Test
    void theRecordingAndTheAttributesOfOpenTelemetryHaveThePod() throws Exception {
        String uid = "33333333-4444-5555-6666-777777777777";
        Message pod = cri.pod("web-2", uid, Cri.CONTAINER);
        String id = cri.runContainer(cri.runPodSandbox(pod), pod, "web", Cri.CONTAINER);
        long pid = cri.containerInfo(id).get("pid").getAsLong();

        List<String> attributes = lab.waybill(lab.jvm(Jdk.newest()), "resolve", "--otel", Long.toString(pid));
        List<RecordedEvent> events = lab.record(Jdk.newest(), RecordedProgram.class, id + "/init");

        assertThat(attributes)
                .contains(
                        "container.id=" + id,
                        "container.name=web",
                        "container.runtime=containerd",
                        "container.runtime.name=containerd",
                        "k8s.pod.uid=" + uid,
                        "k8s.pod.name=web-2",
                        "k8s.namespace.name=shop",
                        "k8s.container.name=web")
                .anyMatch(line -> line.startsWith("container.image.name="));
        assertThat(of(events, "waybill.Container", id)).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getString("podName")).isEqualTo("web-2");
            assertThat(event.getString("podNamespace")).isEqualTo("shop");
        });
        assertThat(of(events, "waybill.ContainerSource", id))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getString("podUid")).isEqualTo(uid));
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String type, String containerId) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("containerId").equals(containerId))
                .toList();
    }

    @Test
    void inASharedPidNamespaceTheInitIsTheSandboxs() throws Exception {
        Message pod = cri.pod("web-1", "22222222-3333-4444-5555-666666666666", Cri.POD);
        String sandbox = cri.runPodSandbox(pod);
        String id = cri.runContainer(sandbox, pod, "web", Cri.POD);

        JsonObject workload = lab.listed(id);

        long pause = cri.sandboxInfo(sandbox).get("pid").getAsLong();
        assertThat(Told.of(workload)).isEqualTo(new Told("containerd", id, "web", Lab.IMAGE, pause));
        assertThat(workload.get("sharedWith").getAsString()).isEqualTo("pod");
    }
}
