// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Provenance.Source;
import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.Wanted;
import io.waybill.procfs.MountInfoLine;
import io.waybill.procfs.ProcFs;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the host's side shows of a container's process beside its cgroup: mounts, the process that holds it, and whose
 * rootless runtime it may be of.
 *
 * @param procFs shows where this JVM has what they tell of
 * @param mounts what its mounts tell
 * @param holder the monitor, shim or sandbox program above it; null if none is seen
 * @param holderUser the user that the holder runs as
 * @param user by whose rootless runtime it may be held; {@link Wanted#NO_USER} without a sign of one
 * @param below whether it is in a pid namespace below that of the procfs, so that what holds it could be seen
 */
record HostSigns(
        ProcFs procFs,
        MountEvidence mounts,
        Ancestry.@Nullable Holder holder,
        long holderUser,
        long user,
        boolean below) {
    // 0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-6f.scope
    private static final Pattern USER_SLICE = Pattern.compile("/user-([0-9]{1,10})\\.slice(?:/|$)");

    // /srv/docker/containers/0f1b/hostname; /srv/storage/overlay-containers/9160/userdata/hostname
    private static final Pattern STATE =
            Pattern.compile("(/.{0,1024}?)/(?:[a-z0-9]{1,32}-)?containers/[0-9a-f]{64}(?:/.{0,512})?");

    private static final Pattern STATE_FILE = Pattern.compile("containers/[0-9a-f]{64}(?:/|$)");

    static HostSigns of(ProcFs procFs, Ancestry ancestry, long pid, String cgroupPath) {
        MountEvidence mounts = MountEvidence.of(
                MountInfoLine.parseAll(procFs.read(pid, "mountinfo").linesOrNone()));
        Optional<Ancestry.Place> at = ancestry.place(pid);
        Ancestry.Holder holder =
                at.flatMap(place -> ancestry.holder(pid, place)).orElse(null);
        long holderUser = holder == null
                ? Wanted.NO_USER
                : ancestry.place(holder.pid()).map(Ancestry.Place::user).orElse(Wanted.NO_USER);
        boolean below = at.isPresent() && at.get().depth() > 1;
        return new HostSigns(procFs, mounts, holder, holderUser, user(mounts, cgroupPath, holderUser), below);
    }

    private static long user(MountEvidence mounts, String cgroupPath, long holderUser) {
        Matcher slice = USER_SLICE.matcher(cgroupPath);
        if (slice.find() && !slice.group(1).equals("0")) { // what root starts in a session is the machine's
            return Long.parseLong(slice.group(1));
        }
        Long owner = mounts.owner();
        return owner != null ? owner : holderUser > 0 ? holderUser : Wanted.NO_USER;
    }

    /**
     * Whether the process that holds it says that it holds this container, and is root's or its user's own. With CRI a shim
     * holds the containers of a pod, of which it says the sandbox's id only; nspawn is not told every name.
     */
    boolean isHeldAs(ContainerRuntime runtime, String id) {
        return holder != null
                && (id.equals(holder.id())
                        || "k8s.io".equals(holder.namespace())
                        || (holder.id() == null
                                && holder.rule().equals("nspawn")
                                && runtime == ContainerRuntime.NSPAWN))
                && (holderUser == 0 || holderUser == user);
    }

    /** Whether the process that holds it proves that it is the one that the runtime keeps, and not another of that id. */
    boolean vouchesFor(ContainerRecord kept) {
        return isHeldAs(kept.runtime(), kept.id()) && (holderUser == 0 || holderUser == kept.user());
    }

    /** The shim of containerd that holds it, if it is root's or its user's own. */
    Optional<Ancestry.Holder> shim() {
        return Optional.ofNullable(holder)
                .filter(shim -> shim.rule().equals("containerd-shim") && (holderUser == 0 || holderUser == user));
    }

    /** What to say where the mounts name another container than the cgroup, which is the harder one to forge. */
    Optional<String> disagreement(ContainerIdentity container) {
        if (container.provenance().source() != Source.CGROUP || mounts.pod() != null) {
            return Optional.empty();
        }
        List<String> around = CgroupPath.parse(container.cgroupPath()).around();
        return Optional.ofNullable(mounts.shared())
                .map(MountEvidence.Named::id)
                .filter(id -> !id.equals(container.id())
                        && !id.equals(container.name())
                        && !id.equals(mounts.sandbox())
                        && !around.contains(id))
                .map(id -> "its files of the network are those of container " + id);
    }

    Wanted wanted(ContainerRuntime runtime, String id) {
        List<Path> hints = new ArrayList<>();
        if (mounts.shared() != null) {
            stateFolder(mounts.shared().line().root()).ifPresent(hints::add);
        }
        String folder = holder == null ? null : holder.folder();
        if (folder != null) {
            stateFolder(folder).or(() -> path(folder)).ifPresent(hints::add);
        }
        return new Wanted(runtime, id, user, hints.stream().distinct().toList(), () -> foldersHere(hints));
    }

    /** Where this JVM has what the mounts show, if that is another folder; not asked first, since it reads all its mounts. */
    private List<Path> foldersHere(List<Path> known) {
        if (mounts.shared() == null
                || !STATE_FILE.matcher(mounts.shared().line().root()).find()) {
            return List.of();
        }
        return OwnMounts.of(procFs).pathsOf(mounts.shared().line()).stream()
                .flatMap(path -> stateFolder(path).stream())
                .filter(folder -> !known.contains(folder))
                .distinct()
                .toList();
    }

    private static Optional<Path> stateFolder(String path) {
        Matcher matcher = STATE.matcher(path);
        return matcher.matches() ? path(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.startsWith("/") ? Optional.of(Path.of(text).normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
