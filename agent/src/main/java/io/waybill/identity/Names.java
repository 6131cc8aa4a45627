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
    /** A monitor holds each of these containers for as long as it runs. */
    private static final Set<ContainerRuntime> OF_LXC =
            EnumSet.of(ContainerRuntime.LXC, ContainerRuntime.LXD, ContainerRuntime.INCUS);

    private final ProcFs procFs;
    private final Ancestry ancestry;
    private final Proof proof;
    private final RuntimeStates states;
    private final RunningIndex running;

    Names(ProcFs procFs, Ancestry ancestry, RuntimeStates states) {
        this.procFs = procFs;
        this.ancestry = ancestry;
        proof = new Proof(procFs, ancestry);
        this.states = states;
        running = new RunningIndex(procFs, ancestry, states);
    }

    Named name(Identity found, long pid) {
        int shortages = procFs.files().shortages();
        Named named = found instanceof ContainerIdentity container
                ? container.provenance().source() == Source.RUNTIME_STATE
                        ? new Named(found, true)
                        : named(container, pid)
                : discovered((NoContainer) found, pid);
        // what /proc did not show for want of a descriptor proves nothing
        return procFs.files().shortages() == shortages ? named : new Named(unread(found), false);
    }

    private static Identity unread(Identity found) {
        return found instanceof ContainerIdentity container && container.name() == null
                ? IdentityBuilder.of(container)
                        .remark("its name is not known: no descriptor or memory was left to look for it")
                        .build(container.cgroupPath(), container.provenance())
                : found;
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

    private Named named(ContainerIdentity container, long pid) {
        HostSigns signs = HostSigns.of(procFs, ancestry, pid, container.cgroupPath());
        Lookup lookup = states.find(signs.wanted(container.runtime(), container.id()));
        return new Named(named(container, lookup, signs, pid), isWhole(lookup));
    }

    private static boolean isWhole(Lookup lookup) {
        return lookup instanceof Lookup.Found found
                ? found.missing().isEmpty()
                : !(lookup instanceof Lookup.Unreadable);
    }

    private Identity named(ContainerIdentity container, Lookup lookup, HostSigns signs, long pid) {
        IdentityBuilder builder = IdentityBuilder.of(container);
        signs.disagreement(container).ifPresent(builder::remark);
        if (signs.user() != Wanted.NO_USER) {
            builder.remark("run by user " + signs.user());
        }
        if (lookup instanceof Lookup.Found found && !found.missing().isEmpty()) {
            builder.remark("not all that is kept of it could be read: " + found.missing());
        }
        Optional<ContainerRecord> kept = lookup instanceof Lookup.Found found
                ? Optional.of(found.container())
                : running.find(pid)
                        .filter(found -> found.id().equals(container.id()))
                        .map(found -> managed(found, container));
        if (kept.isPresent()) {
            return known(container, kept.get(), builder, pid, signs);
        }
        if (lookup instanceof Lookup.Unknown unknown && proof.isNameOnly(container, signs, pid)) {
            return Proof.disowned(container, container.runtime(), "but " + unknown.where() + " has none of that id");
        }
        signs.shim()
                .ifPresent(shim -> builder.heldBy(shim.runtime(), container.id().equals(shim.id())));
        String why = container.name() == null ? whyNameless(lookup) : "";
        return (why.isEmpty() ? builder : builder.remark("its name is not known: " + why))
                .build(container.cgroupPath(), container.provenance());
    }

    /** What runs runc or crun does not always show in what these keep: the name of the cgroup tells more then. */
    private static ContainerRecord managed(ContainerRecord found, ContainerIdentity container) {
        return Proof.OF_SOME.contains(container.runtime()) ? found : found.managedBy(container.runtime());
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
            ContainerIdentity container, ContainerRecord stored, IdentityBuilder builder, long pid, HostSigns signs) {
        ContainerRecord kept = stored.init().pid() == 0
                ? running.find(pid)
                        .filter(found -> found.id().equals(stored.id()))
                        .map(found -> stored.withInit(found.init()))
                        .orElse(stored)
                : stored;
        Optional<RunningInit> init = RunningInit.of(kept, procFs, ancestry);
        List<CgroupLine> lines = CgroupLine.parseAll(ProcCgroup.of(procFs, pid).linesOrNone());
        boolean nameOnly = proof.isNameOnly(container, signs, pid);
        if (nameOnly && OF_LXC.contains(kept.runtime())) {
            return Proof.disowned(container, kept.runtime(), "which no monitor of LXC holds");
        }
        boolean inside = init.isPresent() && (init.get().holds(lines) || proof.isOneNamespace(init.get(), pid));
        boolean unproven = !inside && proof.isMissing(container, kept, signs);
        if (!inside && init.isPresent() && (unproven || Proof.isElsewhere(container, init.get()))) {
            String where = unproven
                    ? "whose first process is " + init.get().pid()
                    : "which is in " + init.get().cgroups().get(0);
            return Proof.disowned(container, kept.runtime(), where + " by " + kept.file());
        }
        if ((nameOnly || unproven) && init.isEmpty() && !kept.init().equals(ContainerRecord.Init.NONE)) {
            return Proof.disowned(container, kept.runtime(), "which does not run by " + kept.file());
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

    private Named discovered(NoContainer none, long pid) {
        if (none.reason() == Reason.GONE || none.reason() == Reason.DISOWNED) {
            return new Named(none, true);
        }
        Optional<ContainerRecord> found = running.find(pid);
        if (found.isEmpty()) {
            String refused = String.join("; ", states.unreadable());
            return new Named(
                    none.reason() != Reason.UNKNOWN_LAYOUT || refused.isEmpty()
                            ? none
                            : new NoContainer(
                                    none.reason(), Bounds.path(none.detail() + "; " + refused), none.cgroupPath()),
                    refused.isEmpty());
        }
        ContainerRecord container = found.get();
        boolean managed = container.runtime() != ContainerRuntime.RUNC && container.runtime() != ContainerRuntime.CRUN;
        Lookup kept = managed
                ? states.find(HostSigns.of(procFs, ancestry, pid, none.cgroupPath())
                        .wanted(container.runtime(), container.id()))
                : new Lookup.NoState("");
        IdentityBuilder builder = addTo(new IdentityBuilder(container.runtime(), container.id()), container, null);
        if (kept instanceof Lookup.Found stored) {
            addTo(builder, stored.container(), null);
        }
        if (container.user() != Wanted.NO_USER) {
            builder.remark("run by user " + container.user());
        }
        return new Named(builder.build(none.cgroupPath(), provenance(container)), isWhole(kept));
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
