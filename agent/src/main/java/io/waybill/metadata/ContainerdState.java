// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What containerd keeps of running tasks: the bundle that its shim was given.
 *
 * <pre>
 * /run/containerd/io.containerd.runtime.v2.task/k8s.io/84425c460c0b/config.json
 * (1)                                           (2)    (3)
 * (1) containerd's state folder, elsewhere in Docker's own containerd, k3s, k0s and MicroK8s
 * (2) the namespace: k8s.io by CRI, moby by Docker, default by ctr and nerdctl
 * (3) the id
 *
 * {…,"annotations":{"io.kubernetes.cri.container-name":"c1","io.kubernetes.cri.sandbox-name":"labpod",…},
 *  "linux":{"cgroupsPath":"/kubepods/burstable/pod1111/84425c460c0b",…}}
 * </pre>
 */
final class ContainerdState implements StateReader {
    static final String RULE = "containerd-task";
    private static final String CRI = "io.kubernetes.cri.";
    private static final String TASKS = "io.containerd.runtime.v2.task";

    /** More namespaces than anybody has; a bound on what one look costs. */
    private static final int MOST_NAMESPACES = 64;

    private final List<StateFolder> folders;

    ContainerdState(Path hostRoot) {
        folders = Stream.of(
                        "run/containerd",
                        "run/docker/containerd/daemon",
                        "run/k3s/containerd",
                        "run/k0s/containerd",
                        "var/snap/microk8s/common/run/containerd")
                .map(folder -> StateFolder.of(hostRoot.resolve(folder), TASKS))
                .toList();
    }

    @Override
    public Lookup find(Wanted wanted) {
        List<Lookup> answers = new ArrayList<>();
        for (StateFolder folder : folders) {
            answers.add(folder.lacking());
            for (String namespace :
                    folder.list().stream().limit(MOST_NAMESPACES).toList()) {
                StateText text = Json.whole(folder.read(namespace, wanted.id(), "config.json"));
                if (text instanceof StateText.Text found) {
                    return new Lookup.Found(record(found, namespace, wanted.id(), initPid(folder, namespace, wanted)));
                }
                if (text instanceof StateText.Unreadable unreadable) {
                    answers.add(new Lookup.Unreadable(unreadable.reason()));
                }
            }
        }
        return Lookups.worst(answers);
    }

    private static long initPid(StateFolder folder, String namespace, Wanted wanted) {
        return Keys.number(
                folder.read(namespace, wanted.id(), "init.pid").textOrEmpty().strip());
    }

    static ContainerRecord record(StateText.Text text, String namespace, String id, long initPid) {
        Json json = Json.parse(text.text()).orElse(Json.EMPTY);
        Map<String, String> annotations = json.in("annotations").texts();
        boolean sandbox = "sandbox".equals(annotations.get(CRI + "container-type"));
        Pod pod = pod(annotations);
        String given = annotations.getOrDefault("nerdctl/name", annotations.get(CRI + "container-name"));
        String name = given == null && !Keys.isId(id) ? id : given;
        ContainerRuntime runtime = namespace.equals("moby") ? ContainerRuntime.DOCKER : ContainerRuntime.CONTAINERD;
        return ContainerRecord.of(runtime, id, RULE, text.path())
                .called(sandbox && pod != null ? pod.name() : name, annotations.get(CRI + "image-name"))
                .in(pod, sandbox)
                .labelled(Labels.ofInterest(annotations))
                .withInit(new ContainerRecord.Init(
                        initPid, 0, Keys.cgroupName(json.in("linux").text("cgroupsPath"))));
    }

    private static @Nullable Pod pod(Map<String, String> annotations) {
        String uid = annotations.get(CRI + "sandbox-uid");
        String name = annotations.get(CRI + "sandbox-name");
        return uid == null && name == null
                ? null
                : new Pod(
                        uid, name, annotations.get(CRI + "sandbox-namespace"), annotations.get(CRI + "container-name"));
    }
}
