// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** What started a container, as far as it can be told from outside. */
public enum ContainerRuntime {
    /** Docker Engine. */
    DOCKER("docker"),
    /** containerd, used directly or through {@code ctr} or nerdctl. */
    CONTAINERD("containerd"),
    /** CRI-O. */
    CRIO("cri-o"),
    /** Podman. */
    PODMAN("podman"),
    /** Buildah, or {@code podman build}. */
    BUILDAH("buildah"),
    /** BuildKit. */
    BUILDKIT("buildkit"),
    /** A Kubernetes pod whose runtime the evidence does not name. */
    KUBERNETES("kubernetes"),
    /** LXC. */
    LXC("lxc"),
    /** LXD. */
    LXD("lxd"),
    /** Incus. */
    INCUS("incus"),
    /** systemd-nspawn. */
    NSPAWN("systemd-nspawn"),
    /** A machine registered with systemd-machined by something else. */
    MACHINED("systemd-machined"),
    /** The LXC driver of libvirt. */
    LIBVIRT_LXC("libvirt-lxc"),
    /** bubblewrap. */
    BUBBLEWRAP("bubblewrap"),
    /** Flatpak. */
    FLATPAK("flatpak"),
    /** Firejail. */
    FIREJAIL("firejail"),
    /** Garden, the runtime of Cloud Foundry. */
    GARDEN("garden"),
    /** Amazon ECS, Fargate among it. */
    ECS("ecs"),
    /** BOSH Process Manager. */
    BPM("bpm"),
    /** Nomad. */
    NOMAD("nomad"),
    /** Apptainer, formerly Singularity. */
    APPTAINER("apptainer"),
    /** gVisor. */
    GVISOR("gvisor"),
    /** Kata Containers. */
    KATA("kata"),
    /** runc, without a manager known to be above it. */
    RUNC("runc"),
    /** crun, without a manager known to be above it. */
    CRUN("crun"),
    /** There is a container, but the evidence does not say what started it. */
    UNKNOWN("unknown");

    private final String text;

    ContainerRuntime(String text) {
        this.text = text;
    }

    /** The name that events, tables and messages use. */
    public String text() {
        return text;
    }
}
