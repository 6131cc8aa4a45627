// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import io.waybill.identity.CgroupPath.Told;
import io.waybill.procfs.MountInfoLine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the mounts of a process tell of its container: runtimes bind files of their own over a few well-known ones.
 *
 * @param container the container they name, if they do
 * @param shared the container whose files stand for those of the network, which several containers can share; null if
 *     there are none
 * @param sandbox the id of the sandbox of its pod; null if they name none
 * @param pod the UID of its pod, from kubelet's mounts; null outside of Kubernetes
 * @param podContainer the container's name in its pod, from kubelet's mounts; null if they name none
 * @param owner the user whose tmpfs the runtime's files lie in, for a rootless runtime; null otherwise
 */
record MountEvidence(
        @Nullable Named container,
        @Nullable Named shared,
        @Nullable String sandbox,
        @Nullable String pod,
        @Nullable String podContainer,
        @Nullable Long owner) {
    /**
     * A container that a mount names.
     *
     * @param runtime what makes such mounts
     * @param id its id, or its name where the runtime knows it by name
     * @param name its name, if it has one beside the id
     * @param rule the rule that matched
     * @param line the mount
     */
    record Named(
            ContainerRuntime runtime, String id, @Nullable String name, String rule, MountInfoLine line) {
        String evidence() {
            return line.root() + " " + line.mountPoint();
        }
    }

    private static final String ID = "([0-9a-f]{64})";
    private static final String FILE = "(?:hostname|hosts|resolv\\.conf)";

    /**
     * Matches the source of a mount, which is relative to the root of a file system, so that {@code /var/lib/docker} or
     * {@code /run} may be missing in front.
     */
    private static Pattern source(String end) {
        return Pattern.compile("(?:.*/)?" + end);
    }

    // /var/lib/docker/containers/b6c3/hostname /etc/hostname                        lab: Docker 20.10
    private static final Pattern DOCKER = source("containers/" + ID + "/" + FILE);

    // /var/lib/nerdctl/1935db59/containers/default/4f3a/hostname /etc/hostname      nerdctl
    private static final Pattern NERDCTL = source("nerdctl/[0-9a-f]{1,64}/containers/[^/]{1,255}/" + ID + "/" + FILE);

    // /containers/storage/overlay-containers/a8f6/userdata/run/secrets /run/secrets
    //                           CRI-O; opentelemetry-java-instrumentation, crio_proc_self_mountinfo: the only mount
    // there
    //                           that has the container's own id, all others have the sandbox's
    private static final Pattern STORAGE_OWN = source("[a-z0-9]{1,32}-containers/" + ID + "/userdata/run/secrets");

    // /run/user/4242/containers/vfs-containers/bc02/userdata/.containerenv /run/.containerenv   lab: Podman, rootless
    private static final Pattern STORAGE =
            source("[a-z0-9]{1,32}-containers/" + ID + "/userdata/(?:hostname|hosts|resolv\\.conf|\\.containerenv)");

    /** The one of these files that Podman makes for each container, also where several share a network. */
    private static final String OWN_FILE = "/run/.containerenv";

    // /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/5517/hostname /etc/hostname   lab: containerd CRI
    private static final Pattern SANDBOX = source("sandboxes/" + ID + "/" + FILE);

    // /ostree/deploy/rhcos/var/lib/kubelet/pods/0a947273-7214-4824-8411-875ebd7626e4/containers/ubuntu23/354653d0
    //     /dev/termination-log                                                      OpenShift, the same fixture
    private static final Pattern KUBELET = source("pods/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
            + "|[0-9a-f]{32})/(?:etc-hosts|containers/([^/]{1,255})/[0-9a-f]{1,64})");

    // /run/systemd/nspawn/propagate/labnspawn /run/host/incoming                    lab: systemd-nspawn 252
    private static final Pattern NSPAWN = source("systemd/nspawn/propagate/([^/]{1,255})");

    // /var/lib/flatpak/app/org.gnome.Maps/x86_64/stable/9f1c/files /app             Flatpak
    private static final Pattern FLATPAK = source("flatpak/app/([^/]{1,255})/[^/]{1,32}/[^/]{1,255}/[^/]{1,64}/files");

    static MountEvidence of(List<MountInfoLine> lines) {
        Collector collector = new Collector();
        lines.forEach(collector::add);
        return collector.result();
    }

    /** The container by the best of its mounts. */
    Optional<Named> named() {
        return Optional.ofNullable(container);
    }

    /** What was seen so far; of several mounts that tell the same the first counts. */
    private static final class Collector {
        private @Nullable Named byCgroupMount;
        private @Nullable Named byOwnMount;
        private @Nullable Named byOwnFile;
        private @Nullable Named bySharedMount;
        private @Nullable Named byName;
        private @Nullable String sandbox;
        private @Nullable String pod;
        private @Nullable String podContainer;
        private @Nullable Long owner;

        void add(MountInfoLine line) {
            switch (line.mountPoint()) {
                case "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", OWN_FILE -> addNetworkFile(line);
                case "/dev/termination-log" -> addKubelet(line);
                case "/run/secrets" ->
                    match(STORAGE_OWN, line)
                            .ifPresent(m -> byOwnMount = named(ContainerRuntime.CRIO, m, "storage-secrets", line));
                case "/run/host/incoming" ->
                    match(NSPAWN, line)
                            .ifPresent(m -> byName = named(ContainerRuntime.NSPAWN, m, "nspawn-propagate", line));
                case "/app" ->
                    match(FLATPAK, line)
                            .ifPresent(m -> byName = named(ContainerRuntime.FLATPAK, m, "flatpak-app", line));
                default -> {
                    if (line.fileSystem().startsWith("cgroup") && byCgroupMount == null) {
                        addCgroup(line);
                    }
                }
            }
        }

        private void addNetworkFile(MountInfoLine line) {
            addKubelet(line);
            match(SANDBOX, line).ifPresent(m -> sandbox = m.group(1));
            if (bySharedMount == null) {
                match(DOCKER, line)
                        .ifPresent(m -> bySharedMount = named(ContainerRuntime.DOCKER, m, "docker-hostname", line));
                match(NERDCTL, line)
                        .ifPresent(
                                m -> bySharedMount = named(ContainerRuntime.CONTAINERD, m, "nerdctl-hostname", line));
                match(STORAGE, line).ifPresent(m -> {
                    bySharedMount = named(ContainerRuntime.PODMAN, m, "storage-hostname", line);
                    owner = userOf(line).orElse(null);
                });
            }
            if (line.mountPoint().equals(OWN_FILE)) {
                match(STORAGE, line)
                        .ifPresent(m -> byOwnFile = named(ContainerRuntime.PODMAN, m, "storage-hostname", line));
            }
        }

        private void addKubelet(MountInfoLine line) {
            match(KUBELET, line).ifPresent(m -> {
                pod = m.group(1);
                podContainer = m.group(2) == null ? podContainer : m.group(2);
            });
        }

        /** The root of a cgroup mount is a cgroup path, as {@code /proc/PID/cgroup} has it. */
        private void addCgroup(MountInfoLine line) {
            CgroupPath path = CgroupPath.parse(line.root());
            if (path.told() == Told.CONTAINER && path.match() != null) {
                CgroupRule.Match match = path.match();
                String id = match.id() != null ? match.id() : String.valueOf(match.name());
                String name = match.id() != null ? match.name() : null;
                byCgroupMount = new Named(match.rule().runtime(), id, name, "cgroup-mount", line);
                pod = path.pod() == null ? pod : path.pod();
            }
        }

        /**
         * The files of the network belong to the sandbox where there is one; in a pod of Docker or CRI-O nothing in
         * their paths says so, but kubelet's mounts do. In a pod of Podman's they are the infra container's.
         */
        MountEvidence result() {
            Named own = byCgroupMount != null ? byCgroupMount : byOwnMount;
            boolean inPod = pod != null;
            Named byFile = byOwnFile != null ? byOwnFile : bySharedMount;
            if (inPod && bySharedMount != null && sandbox == null) {
                sandbox = bySharedMount.id();
            }
            if (own != null && Objects.equals(own, byOwnMount) && !inPod) {
                own = byFile != null ? byFile : own;
            }
            Named container = own != null || inPod ? own : byFile != null ? byFile : byName;
            return new MountEvidence(container, bySharedMount, sandbox, pod, podContainer, owner);
        }

        private static Named named(ContainerRuntime runtime, Matcher matcher, String rule, MountInfoLine line) {
            return new Named(runtime, matcher.group(1), null, rule, line);
        }

        private static Optional<Matcher> match(Pattern pattern, MountInfoLine line) {
            Matcher matcher = pattern.matcher(line.root());
            return line.root().length() <= 4096 && matcher.matches() ? Optional.of(matcher) : Optional.empty();
        }

        private static final Pattern USER = Pattern.compile("(?:^|,)uid=([0-9]{1,10})(?:,|$)");
        private static final Pattern USER_FOLDER = Pattern.compile("/run/user/([0-9]{1,10})/.*");

        private static Optional<Long> userOf(MountInfoLine line) {
            Matcher folder = USER_FOLDER.matcher(line.root());
            if (folder.matches()) {
                return Optional.of(Long.valueOf(folder.group(1)));
            }
            Matcher option = USER.matcher(line.superOptions());
            return option.find() ? Optional.of(Long.valueOf(option.group(1))) : Optional.empty();
        }
    }
}
