// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.NoContainer.Reason;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
import io.waybill.identity.CgroupPath.Told;
import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.RuntimeStates;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.MountInfoLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcText;
import java.util.List;
import java.util.Optional;

/**
 * Identities by what /proc says: the cgroup file of the process; where that does not tell, its mounts; where they do not
 * either, the processes above it.
 */
final class ProcIdentities implements ContainerIdentities {
    /** The inode that the kernel gives to the first cgroup namespace (PROC_CGROUP_INIT_INO, 0xEFFFFFFB). */
    private static final String FIRST_CGROUP_NAMESPACE = "cgroup:[4026531835]";

    private final ProcFs procFs;
    private final Ancestry ancestry;
    private final IdentitySettings settings;
    private final BoundedCache<String, CgroupPath> paths = new BoundedCache<>(4096);
    private final boolean ownCgroupNamespace;
    private final Names names;

    ProcIdentities(ProcFs procFs, IdentitySettings settings) {
        this.procFs = procFs;
        this.settings = settings;
        ancestry = new Ancestry(procFs);
        names = new Names(procFs, ancestry, new RuntimeStates(settings.hostRoot(), settings.runtimeApi()));
        List<String> namespace = procFs.readSelfLink("ns/cgroup").linesOrNone();
        ownCgroupNamespace = !namespace.isEmpty() && !namespace.get(0).equals(FIRST_CGROUP_NAMESPACE);
    }

    @Override
    public Identity identify(long pid) {
        ProcText text = ProcCgroup.of(procFs, pid);
        if (text instanceof ProcText.Gone) {
            return new NoContainer(Reason.GONE, "no cgroup file of " + pid, "");
        }
        if (text instanceof ProcText.Refused refused) {
            return new NoContainer(Reason.REFUSED, refused.reason(), "");
        }
        CgroupLines cgroup = CgroupLines.of(CgroupLine.parseAll(text.linesOrNone()), this::parsed);
        return byCgroup(cgroup).orElseGet(() -> beyondCgroup(pid, cgroup.best()));
    }

    @Override
    public Identity self() {
        return new SelfIdentity(procFs, settings, ownCgroupNamespace).find();
    }

    @Override
    public Named name(Identity found, long pid) {
        return names.name(found, pid);
    }

    @Override
    public List<ContainerRecord> kept(long pid) {
        return names.kept(identify(pid), pid);
    }

    private CgroupPath parsed(String path) {
        return paths.find(path).orElseGet(() -> paths.get(path.intern(), CgroupPath::parse));
    }

    /** The container that a cgroup path names, if it names one. */
    static Optional<Identity> byCgroup(CgroupLines cgroup) {
        CgroupPath path = cgroup.best();
        CgroupRule.Match match = path.match();
        if (path.told() != Told.CONTAINER || match == null) {
            return Optional.empty();
        }
        IdentityBuilder builder = new IdentityBuilder(
                match.rule().runtime(), match.id() != null ? match.id() : String.valueOf(match.name()));
        return Optional.of(builder.name(match.name())
                .podUid(path.pod())
                .sandbox(match.rule().sandbox())
                .remarks(cgroup.remarks())
                .around(path.around())
                .build(path.text(), new Provenance(Source.CGROUP, match.rule().name(), Bounds.path(path.boundary()))));
    }

    /** Most processes of a host end here: not in a pid namespace of their own, so in no container. */
    private Identity beyondCgroup(long pid, CgroupPath path) {
        Optional<Ancestry.Place> place = ancestry.place(pid);
        boolean inside = place.isPresent() && place.get().depth() > 1;
        if (!inside && path.told() != Told.NAMELESS && !ownCgroupNamespace) {
            return none(path, "");
        }
        ProcText mounts = procFs.read(pid, "mountinfo");
        if (mounts instanceof ProcText.Gone) {
            return new NoContainer(Reason.GONE, "no mountinfo of " + pid, Bounds.path(path.text()));
        }
        MountEvidence evidence = MountEvidence.of(MountInfoLine.parseAll(mounts.linesOrNone()));
        Optional<Identity> byMounts = byMounts(evidence, path);
        if (path.told() == Told.NAMELESS && !path.around().isEmpty() && !isOfNspawn(evidence)) {
            // a cgroup of a container's own that is called like nspawn's
            return byCgroup(new CgroupLines(path.outer(), List.of())).orElseGet(() -> none(path, ""));
        }
        if (byMounts.isPresent()) {
            return byMounts.get() instanceof ContainerIdentity application
                            && application.runtime() == ContainerRuntime.FLATPAK
                    ? instance(application, place.flatMap(p -> ancestry.holder(pid, p)))
                    : byMounts.get();
        }
        return place.flatMap(p -> ancestry.holder(pid, p))
                .flatMap(holder -> byAncestor(holder, path))
                .orElseGet(() -> none(path, mounts instanceof ProcText.Refused refused ? refused.reason() : ""));
    }

    private static boolean isOfNspawn(MountEvidence evidence) {
        return evidence.named()
                .filter(named -> named.runtime() == ContainerRuntime.NSPAWN)
                .isPresent();
    }

    /** Mounts name an application of Flatpak, which may run more than once: the instance is the one that bubblewrap holds. */
    private static Identity instance(ContainerIdentity application, Optional<Ancestry.Holder> above) {
        return above.filter(holder -> holder.runtime() == ContainerRuntime.BUBBLEWRAP)
                .map(holder -> new IdentityBuilder(ContainerRuntime.FLATPAK, Long.toString(holder.pid()))
                        .name(application.displayName())
                        .build(application.cgroupPath(), application.provenance()))
                .orElse(application);
    }

    /** The container that mounts name, or its pod and its name there. */
    static Optional<Identity> byMounts(MountEvidence evidence, CgroupPath path) {
        if (evidence.named().isPresent()) {
            MountEvidence.Named named = evidence.named().get();
            Provenance provenance = new Provenance(Source.MOUNTINFO, named.rule(), Bounds.path(named.evidence()));
            IdentityBuilder builder = new IdentityBuilder(named.runtime(), named.id());
            if (named.rule().equals("docker-hostname")) {
                builder.remark("by a mount that containers which share one network have in common");
            }
            return Optional.of(builder.name(named.name())
                    .podUid(evidence.pod())
                    .podContainer(evidence.podContainer())
                    .sandbox(named.id().equals(evidence.sandbox()) && evidence.podContainer() == null)
                    .build(path.text(), provenance));
        }
        if (evidence.pod() == null || evidence.podContainer() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new IdentityBuilder(ContainerRuntime.KUBERNETES, evidence.pod() + "/" + evidence.podContainer())
                        .podUid(evidence.pod())
                        .podContainer(evidence.podContainer())
                        .name(evidence.podContainer())
                        .remark(
                                "the runtime's own id cannot be seen from here; this is the pod's UID and the container's name in it")
                        .build(path.text(), new Provenance(Source.MOUNTINFO, "kubelet-container", evidence.pod())));
    }

    /** With CRI a shim is that of a sandbox, and says nothing of which of its containers the process is in. */
    private static Optional<Identity> byAncestor(Ancestry.Holder holder, CgroupPath path) {
        if (holder.id() == null || "k8s.io".equals(holder.namespace())) {
            return Optional.empty();
        }
        return Optional.of(new IdentityBuilder(holder.runtime(), holder.id())
                .build(path.text(), new Provenance(Source.ANCESTOR, holder.rule(), holder.evidence())));
    }

    private NoContainer none(CgroupPath path, String refused) {
        String text = Bounds.path(path.text());
        String also = refused.isEmpty() ? "" : "; its mounts could not be read: " + refused;
        boolean unknown = path.told() == Told.UNKNOWN || path.told() == Told.NAMELESS;
        String told = Bounds.path(path.detail() + also);
        String detail = unknown ? text + ": " + told : told;
        if (path.told() == Told.NAMELESS || (path.told() == Told.ROOT && !refused.isEmpty())) {
            return new NoContainer(refused.isEmpty() ? Reason.UNKNOWN_LAYOUT : Reason.REFUSED, detail, text);
        }
        if (path.told() == Told.ROOT && ownCgroupNamespace) {
            String seen = "this JVM is in a cgroup namespace of its own, of which the process is in the root or above";
            return new NoContainer(Reason.PRIVATE_CGROUP_NAMESPACE, seen, text);
        }
        return new NoContainer(unknown ? Reason.UNKNOWN_LAYOUT : Reason.HOST, detail, text);
    }
}
