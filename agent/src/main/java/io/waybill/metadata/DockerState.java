// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Docker Engine keeps: a folder for each container, below its data root.
 *
 * <pre>
 * /var/lib/docker/containers/a503ac1829ef/config.v2.json
 * (1)                        (2)
 * (1) the data root: --data-root, or data-root of /etc/docker/daemon.json; of a rootless one ~/.local/share/docker;
 *     with userns-remap a folder in it
 * (2) the id
 *
 * {"State":{"Pid":24740,…},"ID":"a503ac1829ef","Config":{"Image":"lab/busybox:1","Labels":{…},…},"Name":"/lab-docker",…}
 * </pre>
 */
final class DockerState implements StateReader {
    private static final String RULE = "docker-config";
    private static final long ROOT = 0;
    private static final Pattern REMAPPED = Pattern.compile("[0-9]{1,10}\\.[0-9]{1,10}");

    private final Path hostRoot;
    private final Users users;

    DockerState(Path hostRoot) {
        this.hostRoot = hostRoot;
        users = new Users(hostRoot);
    }

    @Override
    public Lookup find(Wanted wanted) {
        List<Lookup> answers = new ArrayList<>();
        if (wanted.user() != Wanted.NO_USER) {
            Lookup own = users.home(wanted.user())
                    .map(home -> find(StateFolder.of(home, ".local", "share", "docker", "containers"), wanted.id()))
                    .orElse(new Lookup.NoState(""));
            if (own instanceof Lookup.Found found) {
                return new Lookup.Found(found.container().ofUser(wanted.user()));
            }
            if (own instanceof Lookup.Unreadable) {
                answers.add(own); // it may be his, whatever the system's lacks
            }
        }
        for (Path dataRoot : dataRoots(wanted)) {
            Lookup answer = Lookups.in(() -> find(dataRoot, wanted.id()));
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private List<Path> dataRoots(Wanted wanted) {
        List<Path> roots = new ArrayList<>();
        // a user's own folder must not speak for the Docker of root
        wanted.hints().stream()
                .map(users::onHost)
                .filter(hint -> new StateFolder(hint).owner() == ROOT)
                .forEach(roots::add);
        roots.add(hostRoot.resolve("var/lib/docker"));
        roots.add(hostRoot.resolve("var/snap/docker/common/var-lib-docker"));
        String daemon =
                StateFolder.of(hostRoot, "etc", "docker").read("daemon.json").textOrEmpty();
        Json.parse(daemon)
                .map(json -> json.text("data-root"))
                .filter(folder -> folder.startsWith("/"))
                .ifPresent(folder -> roots.add(users.onHost(Path.of(folder))));
        return roots.stream().distinct().toList();
    }

    private static Lookup find(Path dataRoot, String id) {
        List<Lookup> answers = new ArrayList<>();
        for (Path root : withRemapped(dataRoot).toList()) {
            Lookup answer = find(StateFolder.of(root, "containers"), id);
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    /** With userns-remap the root is a folder below, called after a user and a group, such as 165536.165536. */
    private static Stream<Path> withRemapped(Path root) {
        return Stream.concat(
                Stream.of(root),
                new StateFolder(root)
                        .list().stream()
                                .filter(name -> REMAPPED.matcher(name).matches())
                                .map(root::resolve));
    }

    private static Lookup find(StateFolder containers, String id) {
        return Lookups.of(containers, Json.whole(containers.read(id, "config.v2.json")), text -> record(text, id));
    }

    static ContainerRecord record(StateText.Text text, String id) {
        Json json = Json.parse(text.text()).orElse(Json.EMPTY);
        Map<String, String> labels = json.in("Config", "Labels").texts();
        // what cri-dockerd and kubelet before 1.24 set; anybody else can set it, too
        String type = labels.get("io.kubernetes.docker.type");
        Pod pod = type == null ? null : Labels.kubernetesPod(labels);
        return ContainerRecord.of(ContainerRuntime.DOCKER, id, RULE, text.path())
                .called(withoutSlash(json.text("Name")), json.in("Config").text("Image"))
                .in(pod, "podsandbox".equals(type))
                .labelled(Labels.ofInterest(labels))
                .withInit(init(json, id));
    }

    /** Of a container that does not run the pid is 0, and there is a state all the same. */
    static ContainerRecord.Init init(Json json, String id) {
        Json state = json.in("State");
        return state.equals(Json.EMPTY)
                ? ContainerRecord.Init.NONE
                : new ContainerRecord.Init(state.number("Pid"), 0, id);
    }

    /** The engine writes "/web" for the container called web. */
    static @Nullable String withoutSlash(@Nullable String name) {
        return name == null || !name.startsWith("/") ? name : name.substring(1);
    }
}
