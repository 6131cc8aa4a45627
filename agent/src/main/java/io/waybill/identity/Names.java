// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.NoContainer.Reason;
import io.waybill.api.Pod;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.Lookup;
import io.waybill.metadata.RuntimeStates;
import io.waybill.metadata.Wanted;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to an identity what the container's runtime keeps, and holds the one against the other. */
final class Names {
    /** Those whose state has every container of theirs, so that one that is missing there is none of theirs. */
    private static final Set<ContainerRuntime> COMPLETE = EnumSet.of(
            ContainerRuntime.DOCKER,
            ContainerRuntime.PODMAN,
            ContainerRuntime.CRIO,
            ContainerRuntime.CONTAINERD,
            ContainerRuntime.LXC,
            ContainerRuntime.NSPAWN,
            ContainerRuntime.MACHINED);

    /** A monitor holds each of these containers for as long as it runs. */
    private static final Set<ContainerRuntime> OF_LXC =
            EnumSet.of(ContainerRuntime.LXC, ContainerRuntime.LXD, ContainerRuntime.INCUS);

    /** What is called so is of one of those, if it has an id such as they make up. */
    private static final Set<ContainerRuntime> OF_SOME =
            EnumSet.of(ContainerRuntime.KUBERNETES, ContainerRuntime.ECS, ContainerRuntime.UNKNOWN);

    private static final int ID_LENGTH = 64;
    private static final long FIRST_PROCESS = 1;

    private final ProcFs procFs;
    private final Ancestry ancestry;
    private final RuntimeStates states;
    private final RunningIndex running;

    Names(ProcFs procFs, Ancestry ancestry, RuntimeStates states) {
        this.procFs = procFs;
        this.ancestry = ancestry;
        this.states = states;
        running = new RunningIndex(procFs, ancestry, states);
    }

    Identity name(Identity found, long pid) {
        if (found instanceof ContainerIdentity container) {
            return container.provenance().source() == Source.RUNTIME_STATE ? found : named(container, pid);
        }
        return discovered((NoContainer) found, pid);
    }

    List<ContainerRecord> kept(Identity found, long pid) {
        Optional<ContainerRecord> runs = running.find(pid);
        List<ContainerRecord> kept = new ArrayList<>(runs.stream().toList());
        HostSigns signs = HostSigns.of(procFs, ancestry, pid, found.cgroupPath());
        Optional<Wanted> wanted = found.container()
                .map(container -> signs.wanted(container.runtime(), container.id()))
                .or(() -> runs.map(container -> signs.wanted(container.runtime(), container.id())));
        if (wanted.isPresent() && states.find(wanted.get()) instanceof Lookup.Found stored) {
            kept.add(stored.container());
        }
        return kept;
    }

    private Identity named(ContainerIdentity container, long pid) {
        HostSigns signs = HostSigns.of(procFs, ancestry, pid, container.cgroupPath());
        IdentityBuilder builder = IdentityBuilder.of(container);
        signs.disagreement(container).ifPresent(builder::remark);
        if (signs.user() != Wanted.NO_USER) {
            builder.remark("run by user " + signs.user());
        }
        Lookup lookup = states.find(signs.wanted(container.runtime(), container.id()));
        boolean nameOnly = isNameOnly(container, signs, pid);
        Optional<ContainerRecord> kept = lookup instanceof Lookup.Found found
                ? Optional.of(found.container())
                : running.find(pid)
                        .filter(found -> found.id().equals(container.id()))
                        .map(found -> managed(found, container));
        if (kept.isPresent()) {
            return known(container, kept.get(), builder, pid, nameOnly);
        }
        if (nameOnly && lookup instanceof Lookup.Unknown unknown) {
            return disowned(container, container.runtime(), "but " + unknown.where() + " has none of that id");
        }
        signs.shim()
                .ifPresent(shim -> builder.heldBy(shim.runtime(), container.id().equals(shim.id())));
        String why = container.name() == null ? whyNameless(lookup) : "";
        return (why.isEmpty() ? builder : builder.remark("its name is not known: " + why))
                .build(container.cgroupPath(), container.provenance());
    }

    /** What runs runc or crun does not always show in what these keep: the name of the cgroup tells more then. */
    private static ContainerRecord managed(ContainerRecord found, ContainerIdentity container) {
        return OF_SOME.contains(container.runtime()) ? found : found.managedBy(container.runtime());
    }

    private static String whyNameless(Lookup lookup) {
        if (lookup instanceof Lookup.Unreadable unreadable) {
            return unreadable.reason();
        }
        if (lookup instanceof Lookup.NoState none) {
            return none.where().isEmpty() ? "" : "its runtime keeps nothing here, there is no " + none.where();
        }
        return ((Lookup.Unknown) lookup).where() + " does not have it";
    }

    /** The runtime has such a container: the process is in it, or in one that was only given its name. */
    private Identity known(
            ContainerIdentity container, ContainerRecord stored, IdentityBuilder builder, long pid, boolean nameOnly) {
        ContainerRecord kept = stored.init().pid() == 0
                ? running.find(pid)
                        .filter(found -> found.id().equals(stored.id()))
                        .map(found -> stored.withInit(found.init()))
                        .orElse(stored)
                : stored;
        Optional<RunningInit> init = RunningInit.of(kept, procFs, ancestry);
        List<CgroupLine> lines = CgroupLine.parseAll(ProcCgroup.of(procFs, pid).linesOrNone());
        if (nameOnly && OF_LXC.contains(kept.runtime())) {
            return disowned(container, kept.runtime(), "which no monitor of LXC holds");
        }
        boolean inside = init.isPresent() && (init.get().holds(lines) || sharesNamespace(init.get(), pid));
        if (!inside && init.isPresent() && isElsewhere(container, init.get())) {
            String where = "which is in " + init.get().cgroups().get(0) + " by " + kept.file();
            return disowned(container, kept.runtime(), where);
        }
        if (nameOnly && init.isEmpty() && !kept.init().equals(ContainerRecord.Init.NONE)) {
            return disowned(container, kept.runtime(), "which does not run by " + kept.file());
        }
        if (!inside && container.runtime() == ContainerRuntime.BUBBLEWRAP) {
            // Flatpak runs bubblewrap, but what it keeps can be written by its user
            return builder.build(container.cgroupPath(), container.provenance());
        }
        if (!inside && !CgroupPath.parse(container.cgroupPath()).around().isEmpty()) {
            // a container's own runtime gave it that id, which the host's cannot vouch for
            return builder.build(container.cgroupPath(), container.provenance());
        }
        Provenance provenance = inside ? provenance(kept) : container.provenance();
        return addTo(builder.runtime(kept.runtime()), kept, container.pod()).build(container.cgroupPath(), provenance);
    }

    private boolean sharesNamespace(RunningInit init, long pid) {
        return init.namespace() != 0
                && ancestry.isInit(init.pid())
                && init.namespace() == RunningInit.namespaceOf(pid, procFs);
    }

    /** Both are named so by their cgroups, which are not the same: only one of them can be the runtime's. */
    private static boolean isElsewhere(ContainerIdentity container, RunningInit init) {
        return container.provenance().source() == Source.CGROUP
                && init.cgroups().stream()
                        .map(CgroupPath::parse)
                        .anyMatch(path -> path.match() != null
                                && container.id().equals(path.match().id()));
    }

    private static NoContainer disowned(ContainerIdentity container, ContainerRuntime claimed, String but) {
        String called = "the cgroup is called as if it were " + claimed.text() + "'s container " + container.id();
        return new NoContainer(Reason.DISOWNED, called + ", " + but, container.cgroupPath());
    }

    /** Whether nothing but the name of a cgroup, which a user can make, says that a process is in this container. */
    private boolean isNameOnly(ContainerIdentity container, HostSigns signs, long pid) {
        boolean kept = COMPLETE.contains(container.runtime())
                || (OF_SOME.contains(container.runtime()) && container.id().length() == ID_LENGTH);
        return kept
                && container.provenance().source() == Source.CGROUP
                && CgroupPath.parse(container.cgroupPath()).around().isEmpty()
                && !signs.isHeldAs(container.id())
                // where processes of others are hidden (hidepid), the one that holds it may be among them
                && !procFs.read(FIRST_PROCESS, "stat").linesOrNone().isEmpty()
                && !ProcCgroup.of(procFs, pid).linesOrNone().isEmpty();
    }

    private Identity discovered(NoContainer none, long pid) {
        if (none.reason() == Reason.GONE || none.reason() == Reason.DISOWNED) {
            return none;
        }
        Optional<ContainerRecord> found = running.find(pid);
        if (found.isEmpty()) {
            String refused = String.join("; ", states.unreadable());
            return none.reason() != Reason.UNKNOWN_LAYOUT || refused.isEmpty()
                    ? none
                    : new NoContainer(none.reason(), Bounds.path(none.detail() + "; " + refused), none.cgroupPath());
        }
        ContainerRecord container = found.get();
        IdentityBuilder builder = addTo(new IdentityBuilder(container.runtime(), container.id()), container, null);
        boolean managed = container.runtime() != ContainerRuntime.RUNC && container.runtime() != ContainerRuntime.CRUN;
        if (managed) {
            HostSigns signs = HostSigns.of(procFs, ancestry, pid, none.cgroupPath());
            if (states.find(signs.wanted(container.runtime(), container.id())) instanceof Lookup.Found kept) {
                addTo(builder, kept.container(), null);
            }
        }
        if (container.user() != Wanted.NO_USER) {
            builder.remark("run by user " + container.user());
        }
        return builder.build(none.cgroupPath(), provenance(container));
    }

    private static IdentityBuilder addTo(IdentityBuilder builder, ContainerRecord kept, @Nullable Pod known) {
        Pod pod = kept.pod();
        if (kept.runtime() == ContainerRuntime.DOCKER && pod != null && (known == null || !same(pod, known))) {
            pod = null; // labels, which anybody can set: a pod only where the cgroup is that pod's
        } else if (pod != null && known != null && !same(pod, known)) {
            builder.remark("its cgroup is in pod " + known.uid() + ", but " + kept.file() + " has " + pod.uid());
            pod = null;
        }
        return builder.name(kept.name())
                .image(kept.image())
                .pod(pod)
                .sandbox(kept.sandbox())
                .labels(kept.labels());
    }

    private static boolean same(Pod one, Pod other) {
        return one.uid() == null || other.uid() == null || one.uid().equals(other.uid());
    }

    private static Provenance provenance(ContainerRecord kept) {
        return new Provenance(
                kept.isAnswered() ? Source.RUNTIME_API : Source.RUNTIME_STATE, kept.rule(), Bounds.path(kept.file()));
    }
}
