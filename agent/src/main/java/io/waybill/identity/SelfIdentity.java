// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.NoContainer.Reason;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
import io.waybill.metadata.StateFolder;
import io.waybill.metadata.StateText;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.MountInfoLine;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcText;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which container this JVM itself is in, from inside: its cgroup file, its mounts, the files that runtimes leave for
 * their containers, its environment variables if that is allowed, and as the last resort its host name.
 */
final class SelfIdentity {
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{12}");

    private final ProcFs procFs;
    private final IdentitySettings settings;
    private final StateFolder root;
    private final boolean ownCgroupNamespace;

    SelfIdentity(ProcFs procFs, IdentitySettings settings, boolean ownCgroupNamespace) {
        this.procFs = procFs;
        this.settings = settings;
        this.ownCgroupNamespace = ownCgroupNamespace;
        root = new StateFolder(settings.ownRoot());
    }

    Identity find() {
        ProcText text = procFs.readSelf("cgroup");
        CgroupLines cgroup = CgroupLines.of(CgroupLine.parseAll(text.linesOrNone()), CgroupPath::parse);
        CgroupPath path = cgroup.best();
        Optional<Identity> byCgroup = ProcIdentities.byCgroup(cgroup);
        if (byCgroup.isPresent()) {
            return byCgroup.get();
        }
        MountEvidence mounts = MountEvidence.of(
                MountInfoLine.parseAll(procFs.readSelf("mountinfo").linesOrNone()));
        if (mounts.named().isPresent()) {
            return ProcIdentities.byMounts(mounts, path).orElseThrow();
        }
        return byRuntimeFile(path)
                .or(() -> settings.selfEnvironment()
                        ? new EnvironmentEvidence(settings.environment(), serviceAccountNamespace()).find(mounts, path)
                        : Optional.empty())
                .or(() -> ProcIdentities.byMounts(mounts, path))
                .or(() -> byHostName(mounts, path))
                .orElseGet(() -> none(text, path));
    }

    /**
     * What Podman writes for a privileged container; for others the file is there but empty.
     *
     * <pre>
     * engine="podman-4.3.1"
     * name="web"
     * id="68afcf4d0db4"
     * image="docker.io/library/nginx:latest"
     * </pre>
     */
    private Optional<Identity> byRuntimeFile(CgroupPath path) {
        String text = root.read("run", ".containerenv").textOrEmpty();
        String id = quoted(text, "id");
        if (id != null) {
            Provenance provenance = new Provenance(Source.RUNTIME_STATE, "containerenv", "/run/.containerenv");
            return Optional.of(new IdentityBuilder(ContainerRuntime.PODMAN, id)
                    .name(quoted(text, "name"))
                    .image(quoted(text, "image"))
                    .build(path.text(), provenance));
        }
        String flatpak = root.read(".flatpak-info").textOrEmpty();
        String instance = plain(flatpak, "instance-id");
        if (instance != null) {
            Provenance provenance = new Provenance(Source.RUNTIME_STATE, "flatpak-info", "/.flatpak-info");
            return Optional.of(new IdentityBuilder(ContainerRuntime.FLATPAK, instance)
                    .name(plain(flatpak, "name"))
                    .build(path.text(), provenance));
        }
        return Optional.empty();
    }

    /** A host name says which container it is only by custom: Docker gives the beginning of the id, Kubernetes the pod. */
    private Optional<Identity> byHostName(MountEvidence mounts, CgroupPath path) {
        Optional<ContainerRuntime> runtime = sign(mounts, path);
        String hostName = procFs.hostName();
        if (runtime.isEmpty() || hostName.isEmpty() || isChosen(hostName, runtime.get())) {
            return Optional.empty();
        }
        boolean pod = runtime.get() == ContainerRuntime.KUBERNETES;
        Provenance provenance = new Provenance(Source.HOSTNAME, pod ? "pod-name" : "host-name", hostName);
        return Optional.of(new IdentityBuilder(runtime.get(), hostName)
                .podUid(mounts.pod())
                .podName(pod ? hostName : null)
                .remark("this is only the host name; the id cannot be seen from inside this container")
                .build(path.text(), provenance));
    }

    /** These call the host after their id; a machine that was made of a container's image has their files, and no id. */
    private static boolean isChosen(String hostName, ContainerRuntime runtime) {
        return (runtime == ContainerRuntime.DOCKER || runtime == ContainerRuntime.PODMAN)
                && !SHORT_ID.matcher(hostName).matches();
    }

    /** A sign that this is a container at all, without which a host name says nothing. */
    private Optional<ContainerRuntime> sign(MountEvidence mounts, CgroupPath path) {
        if (mounts.pod() != null
                || !isAbsent("var", "run", "secrets", "kubernetes.io")
                || !isAbsent("run", "secrets", "kubernetes.io")) {
            return Optional.of(ContainerRuntime.KUBERNETES);
        }
        if (!isAbsent(".dockerenv")) {
            return Optional.of(ContainerRuntime.DOCKER);
        }
        if (!isAbsent("run", ".containerenv")) {
            return Optional.of(ContainerRuntime.PODMAN);
        }
        if (root.read("run", "host", "container-manager").textOrEmpty().startsWith("systemd-nspawn")) {
            return Optional.of(ContainerRuntime.NSPAWN);
        }
        return byDevices(path);
    }

    /** LXC puts what is attached into a cgroup of that name; LXD and Incus leave a socket for their guests. */
    private Optional<ContainerRuntime> byDevices(CgroupPath path) {
        if (!isAbsent("dev", "incus", "sock")) {
            return Optional.of(ContainerRuntime.INCUS);
        }
        if (!isAbsent("dev", "lxd", "sock")) {
            return Optional.of(ContainerRuntime.LXD);
        }
        // of LXC: a boot id of the container's own, lxc_setup_boot_id of LXC 4 and later
        return path.lastSegment().equals(".lxc") || !isAbsent("dev", ".lxc") || !isAbsent("dev", ".lxc-boot-id")
                ? Optional.of(ContainerRuntime.LXC)
                : Optional.empty();
    }

    private boolean isAbsent(String... names) {
        return root.read(names) instanceof StateText.Absent;
    }

    private String serviceAccountNamespace() {
        return root.read("run", "secrets", "kubernetes.io", "serviceaccount", "namespace")
                .textOrEmpty()
                .strip();
    }

    private NoContainer none(ProcText text, CgroupPath path) {
        if (text instanceof ProcText.Refused refused) {
            return new NoContainer(Reason.REFUSED, refused.reason(), "");
        }
        String shown = Bounds.path(path.text());
        if (ownCgroupNamespace) {
            return new NoContainer(
                    Reason.PRIVATE_CGROUP_NAMESPACE,
                    "the cgroup file shows only " + shown + ", the mounts do not tell",
                    shown);
        }
        return switch (path.told()) {
            case UNKNOWN, NAMELESS -> new NoContainer(Reason.UNKNOWN_LAYOUT, shown + ": " + path.detail(), shown);
            default -> new NoContainer(Reason.HOST, path.detail(), shown);
        };
    }

    private static @Nullable String quoted(String text, String key) {
        String value = plain(text, key);
        return value != null && value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : null;
    }

    private static @Nullable String plain(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElse(null);
    }
}
