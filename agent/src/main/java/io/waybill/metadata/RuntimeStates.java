// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all runtimes of the host keep about their containers. For one thread: it remembers what it read.
 *
 * <p>Reads files only, unless sockets are allowed; then runtimes are asked whose files do not tell.
 */
public final class RuntimeStates {
    private static final String MOBY = "moby";

    private final StateReader docker;
    private final StateReader containerd;
    private final StateReader storage;
    private final StateReader lxc;
    private final StateReader machines;
    private final StateReader flatpak;
    private final StateReader firejail;
    private final StateReader sockets;
    private final RunningContainers running;

    /**
     * Reads nothing yet.
     *
     * @param hostRoot what stands in front of the runtimes' folders
     * @param mayAsk whether Docker and Podman may be asked on their sockets
     */
    public RuntimeStates(Path hostRoot, boolean mayAsk) {
        this(hostRoot, mayAsk ? new EngineSockets(hostRoot) : wanted -> new Lookup.NoState(""));
    }

    RuntimeStates(Path hostRoot, StateReader sockets) {
        docker = new DockerState(hostRoot);
        containerd = new ContainerdState(hostRoot);
        storage = new ContainerStorage(hostRoot);
        lxc = new LxcState(hostRoot);
        machines = new MachineState(hostRoot);
        flatpak = new FlatpakState(hostRoot);
        firejail = new FirejailState(hostRoot);
        this.sockets = sockets;
        running = new RunningContainers(hostRoot);
    }

    /** Whether Docker keeps its containers in a namespace of containerd's; another one with userns-remap, since Docker 26. */
    public static boolean isDockers(@Nullable String namespace) {
        return namespace != null && (namespace.equals(MOBY) || namespace.startsWith(MOBY + "-"));
    }

    /** Looks a container up in the state of what it is thought to be started by, and of what may have started it. */
    public Lookup find(Wanted wanted) {
        Lookup kept = Lookups.in(() -> ofDocker(anywhere(this::inFiles, wanted), wanted));
        if (kept instanceof Lookup.Found found
                && (found.container().runtime() != ContainerRuntime.PODMAN
                        || !found.container().labels().isEmpty())) {
            return kept;
        }
        // Podman keeps labels in its database only
        Lookup answered = sockets.find(wanted);
        if (answered instanceof Lookup.Found socket && kept instanceof Lookup.Found file) {
            return file.with(file.container().labelled(socket.container().labels()));
        }
        return kept instanceof Lookup.Found ? kept : both(kept, answered);
    }

    /** What files tell, and what an engine answers; files that have no such container need no second opinion. */
    private static Lookup both(Lookup kept, Lookup answered) {
        if (answered instanceof Lookup.Found) {
            return answered;
        }
        if (kept instanceof Lookup.Unknown || answered instanceof Lookup.NoState) {
            return kept;
        }
        return kept instanceof Lookup.Unreadable file && answered instanceof Lookup.Unreadable socket
                ? new Lookup.Unreadable(file.reason() + "; " + socket.reason())
                : answered;
    }

    /** By the further hints, too, where the others lead nowhere. */
    private static Lookup anywhere(StateReader reader, Wanted wanted) {
        Lookup kept = reader.find(wanted);
        if (kept instanceof Lookup.Found) {
            return kept;
        }
        Wanted further = wanted.further();
        return further.hints().isEmpty() ? kept : Lookups.worst(List.of(kept, reader.find(further)));
    }

    private Lookup inFiles(Wanted wanted) {
        return switch (wanted.runtime()) {
            case DOCKER -> docker.find(wanted);
            case CONTAINERD, ECS -> any(wanted, containerd, docker);
            case CRIO, PODMAN, BUILDAH -> storage.find(wanted);
            case KUBERNETES, UNKNOWN, KATA, GVISOR, RUNC, CRUN -> any(wanted, containerd, docker, storage);
            case LXC, LXD, INCUS -> lxc.find(wanted);
            case NSPAWN, MACHINED, LIBVIRT_LXC -> machines.find(wanted);
            case FLATPAK, BUBBLEWRAP -> flatpak.find(wanted);
            case FIREJAIL -> firejail.find(wanted);
            default -> new Lookup.NoState("");
        };
    }

    /** Docker's containers are tasks of containerd, too, which has neither their names nor their images. */
    private Lookup ofDocker(Lookup kept, Wanted wanted) {
        boolean isTask = kept instanceof Lookup.Found found
                && found.container().runtime() == ContainerRuntime.DOCKER
                && found.container().rule().equals(ContainerdState.RULE);
        return isTask && anywhere(docker, wanted) instanceof Lookup.Found own ? own : kept;
    }

    private static Lookup any(Wanted wanted, StateReader... readers) {
        List<Lookup> answers = new ArrayList<>();
        for (StateReader reader : readers) {
            Lookup answer = reader.find(wanted);
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    /**
     * The containers that run by what runc and crun keep, their managers' among them; the same list as at the last call if
     * nothing changed.
     */
    public List<ContainerRecord> running() {
        return running.all();
    }

    /** The folders and files of runc and crun that the last call could not read. */
    public List<String> unreadable() {
        return running.unreadable();
    }
}
