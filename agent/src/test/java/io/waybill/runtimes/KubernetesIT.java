// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
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
