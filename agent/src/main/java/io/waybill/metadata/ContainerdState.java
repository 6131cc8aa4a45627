// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What containerd keeps of running tasks: the bundle that its shim was given.
 *
 * <pre>
 * /run/containerd/io.containerd.runtime.v2.task/k8s.io/84425c460c0b/config.json
 * (1)                                           (2)    (3)
 * (1) containerd's state folder, elsewhere in Docker's own containerd, k3s and RKE2, k0s, MicroK8s and for the host
 *     containers of Bottlerocket; of a user, with nerdctl, /run/user/1000/containerd
 * (2) the namespace: k8s.io by CRI, moby by Docker, moby-165536.165536 by Docker 26 with userns-remap, default by ctr and
 *     nerdctl
 * (3) the id
 *
 * {…,"annotations":{"io.kubernetes.cri.container-name":"c1","io.kubernetes.cri.sandbox-name":"labpod",…},
 *  "linux":{"cgroupsPath":"/kubepods/burstable/pod1111/84425c460c0b",…}}
 * </pre>
 */
final class ContainerdState implements StateReader {
    static final String RULE = "containerd-task";
    private static final String CRI = "io.kubernetes.cri.";
    static final String[] DATABASE = {"io.containerd.metadata.v1.bolt", "meta.db"};
    private static final String TASKS = "io.containerd.runtime.v2.task";

    /** More namespaces than anybody has; a bound on what one look costs. */
    private static final int MOST_NAMESPACES = 64;

    /** Where containerd keeps what passes, and what lasts: by its own defaults and those of who ships it. */
    private static final List<Map.Entry<String, String>> FOLDERS = List.of(
            Map.entry("run/containerd", "var/lib/containerd"),
            Map.entry("run/docker/containerd/daemon", "var/lib/docker/containerd/daemon"),
            Map.entry("run/k3s/containerd", "var/lib/rancher/k3s/agent/containerd"),
            Map.entry("run/k0s/containerd", "var/lib/k0s/containerd"),
            Map.entry("run/host-containerd", "var/lib/host-containerd"),
            Map.entry("var/snap/microk8s/common/run/containerd", "var/snap/microk8s/common/var/lib/containerd"));

    /** The same of a user's, in the folders of what runs for him and of what is his. */
    private static final List<Map.Entry<String, String>> FOLDERS_OF_USERS = List.of(
            Map.entry("containerd", ".local/share/containerd"),
            Map.entry("docker/containerd/daemon", ".local/share/docker/containerd/daemon"));

    private final Path hostRoot;

    ContainerdState(Path hostRoot) {
        this.hostRoot = hostRoot;
    }

    /** One containerd: its running tasks, what it keeps of containers, and whose it is. */
    private record Place(StateFolder tasks, StateFolder lasting, long user) {
        static Place of(Path passing, Path lasting, long user) {
            return new Place(StateFolder.of(passing, TASKS), new StateFolder(lasting), user);
        }
    }

    /** Those of the system first, so that a user's own speaks for none of theirs. */
    private static List<Place> places(Path hostRoot, long user) {
        List<Place> places = new ArrayList<>();
        FOLDERS.forEach(each -> places.add(
                Place.of(hostRoot.resolve(each.getKey()), hostRoot.resolve(each.getValue()), Wanted.NO_USER)));
        if (user != Wanted.NO_USER) {
            Users users = new Users(hostRoot);
            Path run = users.runtimeFolder(user);
            Path home = users.home(user).orElse(run);
            FOLDERS_OF_USERS.forEach(
                    each -> places.add(Place.of(run.resolve(each.getKey()), home.resolve(each.getValue()), user)));
        }
        return places;
    }

    @Override
    public Lookup find(Wanted wanted) {
        List<Lookup> answers = new ArrayList<>();
        for (Place place : places(hostRoot, wanted.user())) {
            Lookup answer = Lookups.in(() -> find(place, wanted.id()));
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private static Lookup find(Place place, String id) {
        StateFolder folder = place.tasks();
        List<Lookup> answers = new ArrayList<>(List.of(folder.lacking()));
        for (String namespace : folder.list().stream().limit(MOST_NAMESPACES).toList()) {
            StateText text = Json.whole(folder.read(namespace, id, "config.json"));
            if (text instanceof StateText.Text found) {
                long pid = Keys.number(
                        folder.read(namespace, id, "init.pid").textOrEmpty().strip());
                ContainerRecord task = record(found, namespace, id, pid).ofUser(place.user());
                return withImage(task, place.lasting(), namespace);
            }
            if (text instanceof StateText.Unreadable unreadable) {
                answers.add(new Lookup.Unreadable(unreadable.reason()));
            }
        }
        return Lookups.worst(answers);
    }

    /**
     * The image, which with CRI is an annotation of the task too, and otherwise only in containerd's database.
     *
     * <pre>
     * /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db
     *     v1 / default / containers / web-1 / image = docker.io/library/nginx:1
     * </pre>
     */
    private static Lookup withImage(ContainerRecord task, StateFolder lasting, String namespace) {
        if (task.image() != null || task.runtime() == ContainerRuntime.DOCKER) {
            return new Lookup.Found(task);
        }
        try {
            List<String> key = imageKey(namespace, task.id());
            return lasting.lookInto(file -> BoltFile.text(file, key), DATABASE)
                    .filter(image -> !image.isEmpty())
                    .map(image -> new Lookup.Found(task.called(task.name(), image)))
                    .orElseGet(() -> new Lookup.Found(task));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new Lookup.Found(task);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            // another reader may not, or a change was made at each look
            return new Lookup.Found(task, "its image, in " + lasting.base() + ": " + e.getMessage());
        }
    }

    /** The database of the containerd that has a task in this file. */
    static Optional<Path> database(Path hostRoot, Path task, long user) {
        return places(hostRoot, user).stream()
                .filter(place -> task.startsWith(place.tasks().base()))
                .map(place -> StateFolder.of(place.lasting().base(), DATABASE).base())
                .findFirst();
    }

    static List<String> imageKey(String namespace, String id) {
        return List.of("v1", namespace, "containers", id, "image");
    }

    static ContainerRecord record(StateText.Text text, String namespace, String id, long initPid) {
        Json json = Json.parse(text.text()).orElse(Json.EMPTY);
        Map<String, String> annotations = json.in("annotations").texts();
        boolean sandbox = "sandbox".equals(annotations.get(CRI + "container-type"));
        Pod pod = pod(annotations);
        String given = annotations.getOrDefault("nerdctl/name", annotations.get(CRI + "container-name"));
        String name = given == null && !Keys.isId(id) ? id : given;
        ContainerRuntime runtime =
                RuntimeStates.isDockers(namespace) ? ContainerRuntime.DOCKER : ContainerRuntime.CONTAINERD;
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
