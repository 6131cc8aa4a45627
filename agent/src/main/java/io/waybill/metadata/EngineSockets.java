// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks Docker Engine and Podman, which answers on the same paths, about one container.
 *
 * <pre>
 * GET /containers/a503ac1829ef/json
 * {"Id":"a503ac1829ef","Name":"/web","State":{"Pid":24740,…},"Config":{"Image":"nginx:1","Labels":{…},…},…}
 * </pre>
 */
final class EngineSockets implements StateReader {
    /** All of connecting, asking and reading. Nobody waits for it but the agent's own thread. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final Path hostRoot;
    private final Users users;

    EngineSockets(Path hostRoot) {
        this.hostRoot = hostRoot;
        users = new Users(hostRoot);
    }

    @Override
    public Lookup find(Wanted wanted) {
        if (!wanted.id().chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return new Lookup.NoState("");
        }
        List<Lookup> answers = new ArrayList<>();
        for (Path socket : sockets(wanted)) {
            Lookup answer = ask(socket, wanted);
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private List<Path> sockets(Wanted wanted) {
        List<Path> sockets = new ArrayList<>();
        boolean podman = wanted.runtime() == ContainerRuntime.PODMAN;
        boolean docker = wanted.runtime() == ContainerRuntime.DOCKER;
        if (wanted.user() != Wanted.NO_USER) {
            Path folder = users.runtimeFolder(wanted.user());
            sockets.add(podman ? folder.resolve("podman").resolve("podman.sock") : folder.resolve("docker.sock"));
        }
        if (podman) {
            sockets.add(hostRoot.resolve("run/podman/podman.sock"));
        } else if (docker
                || wanted.runtime() == ContainerRuntime.KUBERNETES
                || wanted.runtime() == ContainerRuntime.UNKNOWN) {
            sockets.add(hostRoot.resolve("run/docker.sock"));
        }
        return sockets;
    }

    private static Lookup ask(Path socket, Wanted wanted) {
        if (Files.notExists(socket)) {
            return new Lookup.NoState(socket.toString());
        }
        HttpAnswer answer =
                UnixHttp.get(UnixDomainSocketAddress.of(socket), "/containers/" + wanted.id() + "/json", LONGEST);
        return switch (answer.status()) {
            case 200 ->
                Json.parse(answer.body())
                        .filter(json -> wanted.id().equals(json.text("Id")))
                        .<Lookup>map(json -> new Lookup.Found(record(json, wanted, socket)))
                        .orElseGet(() -> new Lookup.Unreadable(socket + ": not an answer about the container"));
            case 404 -> new Lookup.Unknown(socket.toString());
            case 0 -> new Lookup.Unreadable(socket + ": " + answer.body());
            default -> new Lookup.Unreadable(socket + ": status " + answer.status());
        };
    }

    private static ContainerRecord record(Json json, Wanted wanted, Path socket) {
        boolean podman = wanted.runtime() == ContainerRuntime.PODMAN;
        Map<String, String> labels = json.in("Config", "Labels").texts();
        @Nullable Pod pod = labels.containsKey("io.kubernetes.docker.type") ? Labels.kubernetesPod(labels) : null;
        return ContainerRecord.of(
                        podman ? ContainerRuntime.PODMAN : ContainerRuntime.DOCKER,
                        wanted.id(),
                        podman ? "podman-socket" : "docker-socket",
                        socket.toString())
                .called(
                        DockerState.withoutSlash(json.text("Name")),
                        json.in("Config").text("Image"))
                .in(pod, "podsandbox".equals(labels.get("io.kubernetes.docker.type")))
                .labelled(Labels.ofInterest(labels))
                .withInit(new ContainerRecord.Init(json.in("State").number("Pid"), 0, wanted.id()));
    }
}
