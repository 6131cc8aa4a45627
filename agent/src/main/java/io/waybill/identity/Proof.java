// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.NoContainer;
import io.waybill.api.NoContainer.Reason;
import io.waybill.api.Provenance.Source;
import io.waybill.metadata.ContainerRecord;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether anything but a name stands behind what a process is called: whoever starts processes chooses the names of their
 * cgroups, mounts and command lines.
 */
record Proof(ProcFs procFs, Ancestry ancestry) {
    /** Those whose state has every container of theirs, so that one that is missing there is none of theirs. */
    private static final Set<ContainerRuntime> COMPLETE = EnumSet.of(
            ContainerRuntime.DOCKER,
            ContainerRuntime.PODMAN,
            ContainerRuntime.CRIO,
            ContainerRuntime.CONTAINERD,
            ContainerRuntime.LXC,
            ContainerRuntime.NSPAWN,
            ContainerRuntime.MACHINED);

    /** What is called so is of one of those, if it has an id such as they make up. */
    static final Set<ContainerRuntime> OF_SOME =
            EnumSet.of(ContainerRuntime.KUBERNETES, ContainerRuntime.ECS, ContainerRuntime.UNKNOWN);

    private static final int ID_LENGTH = 64;
    private static final long FIRST_PROCESS = 1;

    /** Mounts and command lines, which a user chooses for his own processes, and nobody else who says that it is so. */
    boolean isMissing(ContainerIdentity container, ContainerRecord kept, HostSigns signs) {
        Source source = container.provenance().source();
        return (source == Source.MOUNTINFO || source == Source.ANCESTOR)
                && signs.below()
                && COMPLETE.contains(kept.runtime())
                && !signs.vouchesFor(kept)
                && othersAreVisible();
    }

    /** Whether nothing but the name of a cgroup or a mount, which a user can make, says that a process is in this container. */
    boolean isNameOnly(ContainerIdentity container, HostSigns signs, long pid) {
        boolean kept = COMPLETE.contains(container.runtime())
                || (OF_SOME.contains(container.runtime()) && container.id().length() == ID_LENGTH);
        Source source = container.provenance().source();
        return kept
                && (source == Source.CGROUP || (source == Source.MOUNTINFO && signs.below()))
                && CgroupPath.parse(container.cgroupPath()).around().isEmpty()
                && !signs.isHeldAs(container.runtime(), container.id())
                && othersAreVisible()
                && !ProcCgroup.of(procFs, pid).linesOrNone().isEmpty();
    }

    /** Where processes of others are hidden (hidepid), the one that holds a container may be among them. */
    private boolean othersAreVisible() {
        return !procFs.read(FIRST_PROCESS, "stat").linesOrNone().isEmpty();
    }

    /** Whether a process is in the pid namespace that this is the init of. */
    boolean isOneNamespace(RunningInit init, long pid) {
        return init.namespace() != 0
                && ancestry.isInit(init.pid())
                && init.namespace() == RunningInit.namespaceOf(pid, procFs);
    }

    /** Both are named so by their cgroups, which are not the same: only one of them can be the runtime's. */
    static boolean isElsewhere(ContainerIdentity container, RunningInit init) {
        return container.provenance().source() == Source.CGROUP
                && init.cgroups().stream()
                        .map(CgroupPath::parse)
                        .anyMatch(path -> path.match() != null
                                && container.id().equals(path.match().id()));
    }

    static NoContainer disowned(ContainerIdentity container, ContainerRuntime claimed, String but) {
        String what = switch (container.provenance().source()) {
            case MOUNTINFO -> "it has mounts";
            case ANCESTOR -> "it is held";
            default -> "the cgroup is called";
        };
        String called = what + " as if it were " + claimed.text() + "'s container " + container.id();
        return new NoContainer(Reason.DISOWNED, called + ", " + but, container.cgroupPath());
    }
}
