// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
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

    /** An engine that hangs would otherwise cost as much again for each of its containers. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    private final Path hostRoot;
    private final Users users;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final Map<Path, Long> silentSince = new HashMap<>();

    EngineSockets(Path hostRoot) {
        this(hostRoot, LONGEST, System::nanoTime);
    }

    EngineSockets(Path hostRoot, Duration longest, LongSupplier nanoTime) {
        this.hostRoot = hostRoot;
        this.longest = longest;
        this.nanoTime = nanoTime;
        users = new Users(hostRoot);
    }

    /** A socket, and whose engine listens there; {@link Wanted#NO_USER} for the machine's. */
    private record Socket(Path path, long user) {}

    @Override
    public Lookup find(Wanted wanted) {
        if (!wanted.id().chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return new Lookup.NoState("");
        }
        List<Lookup> answers = new ArrayList<>();
        for (Socket socket : sockets(wanted)) {
            Lookup answer = ask(socket, wanted);
            if (answer instanceof Lookup.Found found) {
                return new Lookup.Found(found.container().ofUser(socket.user()));
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private List<Socket> sockets(Wanted wanted) {
        List<Socket> sockets = new ArrayList<>();
        boolean podman = wanted.runtime() == ContainerRuntime.PODMAN;
        boolean docker = wanted.runtime() == ContainerRuntime.DOCKER;
        if (wanted.user() != Wanted.NO_USER) {
            Path folder = users.runtimeFolder(wanted.user());
            Path own = podman ? folder.resolve("podman").resolve("podman.sock") : folder.resolve("docker.sock");
            sockets.add(new Socket(own, wanted.user()));
        }
        if (podman) {
            sockets.add(new Socket(hostRoot.resolve("run/podman/podman.sock"), Wanted.NO_USER));
        } else if (docker
                || wanted.runtime() == ContainerRuntime.KUBERNETES
                || wanted.runtime() == ContainerRuntime.UNKNOWN) {
            sockets.add(new Socket(hostRoot.resolve("run/docker.sock"), Wanted.NO_USER));
        }
        return sockets;
    }

    private Lookup ask(Socket socket, Wanted wanted) {
        Path path = socket.path();
        if (Files.notExists(path)) {
            return new Lookup.NoState(path.toString());
        }
        if (socket.user() != Wanted.NO_USER && !isOfUser(socket)) {
            return new Lookup.Unreadable(path + ": not a socket of user " + socket.user());
        }
        Long silent = silentSince.get(path);
        if (silent != null && nanoTime.getAsLong() - silent < LEFT_ALONE.toNanos()) {
            return new Lookup.Unreadable(path + ": gave no answer in time to an earlier question");
        }
        silentSince.remove(path);
        HttpAnswer answer =
                UnixHttp.get(UnixDomainSocketAddress.of(path), "/containers/" + wanted.id() + "/json", longest);
        if (answer.isLate()) {
            silentSince.put(path, nanoTime.getAsLong());
        }
        return lookup(answer, wanted, path);
    }

    /** A link could have root's agent speak to any service of the machine. */
    private static boolean isOfUser(Socket socket) {
        try {
            Object owner = Files.getAttribute(socket.path(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Path folder = socket.path().getParent();
            return owner instanceof Integer uid
                    && Integer.toUnsignedLong(uid) == socket.user()
                    && !Files.isSymbolicLink(socket.path())
                    && !Files.isSymbolicLink(folder);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }

    private static Lookup lookup(HttpAnswer answer, Wanted wanted, Path socket) {
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
                .withInit(DockerState.init(json, wanted.id()));
    }
}
