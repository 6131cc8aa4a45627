// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import io.waybill.identity.CgroupRule.Kind;
import java.util.List;

/**
 * The layouts that are known. Above each stands a line it was made for, with ids cut short, and where the line comes
 * from; "lab" is one recorded under {@code src/test/resources/procfs}.
 *
 * <p>Of several that match one segment the first counts; of several segments the innermost.
 */
final class CgroupRules {
    static final List<CgroupRule> ALL = List.of(
            // 0::/system.slice/docker-fc36.scope                                        Docker 20.10, systemd driver
            // 0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-0f1b.scope        rootless Docker
            container("docker-scope", ContainerRuntime.DOCKER, "docker-{id}.scope"),
            // 1:name=systemd:/docker/a503                                               lab: Docker 20.10, cgroupfs
            container("docker", ContainerRuntime.DOCKER, "docker/{id}"),
            // 0::/docker/buildkit/nk8ykdrr0pkqz3dgqqqy5pwsy                             docker build, Docker 23
            container("buildkit", ContainerRuntime.BUILDKIT, "buildkit/{build}"),
            // 0::/system.slice/buildkit-nk8ykdrr0pkqz3dgqqqy5pwsy.scope                 buildkitd, systemd driver
            container("buildkit-scope", ContainerRuntime.BUILDKIT, "buildkit-{build}.scope"),
            // 0::/system.slice/system.slice:docker:nk8ykdrr0pkqz3dgqqqy5pwsy            docker build, systemd driver
            container("buildkit-scope", ContainerRuntime.BUILDKIT, "docker-{build}.scope"),

            // 0::/kubepods.slice/kubepods-pod1c2d_3e4f.slice/cri-containerd-7f9a.scope  containerd CRI, systemd driver
            container("cri-containerd-scope", ContainerRuntime.CONTAINERD, "cri-containerd-{id}.scope"),
            // 4:memory:/kubepods/burstable/podd9b1/cri-containerd-7f9a                  the same name, cgroupfs
            container("cri-containerd", ContainerRuntime.CONTAINERD, "cri-containerd-{id}"),
            // 0::/k8s.io/2ec5                                                           containerd CRI, no pod parent
            container("containerd-k8s", ContainerRuntime.CONTAINERD, "k8s.io/{id}"),
            // 0::/system.slice/nerdctl-4f3a.scope                                       nerdctl, systemd driver
            container("nerdctl-scope", ContainerRuntime.CONTAINERD, "nerdctl-{id}.scope"),

            // 0::/kubepods.slice/kubepods-pod8c1f.slice/crio-conmon-5a6b.scope          CRI-O's monitor
            host("crio-conmon-scope", ContainerRuntime.CRIO, "crio-conmon-{id}.scope"),
            host("crio-conmon", ContainerRuntime.CRIO, "crio-conmon-{id}"),
            // 0::/kubepods.slice/kubepods-pod8c1f.slice/crio-5a6b.scope/container       CRI-O, systemd driver
            container("crio-scope", ContainerRuntime.CRIO, "crio-{id}.scope"),
            // 9:memory:/kubepods/besteffort/pod8c1f/crio-5a6b                           CRI-O, cgroupfs
            container("crio", ContainerRuntime.CRIO, "crio-{id}"),

            // 0::/machine.slice/libpod-conmon-68af.scope                                Podman's monitor
            host("libpod-conmon-scope", ContainerRuntime.PODMAN, "libpod-conmon-{id}.scope"),
            host("libpod-conmon", ContainerRuntime.PODMAN, "libpod-conmon-{id}"),
            // 8:pids:/libpod_parent/6270/conmon                                         lab: Podman 4.3, those of a pod
            host("libpod-conmon", ContainerRuntime.PODMAN, "libpod_parent/{hex}/conmon"),
            // 0::/libpod_parent/conmon                                                  the same, outside of pods
            host("libpod-conmon", ContainerRuntime.PODMAN, "libpod_parent/conmon"),
            // 0::/payload/machine.slice/libpod-68af.scope                               lab: Podman 4.3 in nspawn
            // 0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-6f.scope/container       rootless
            container("libpod-scope", ContainerRuntime.PODMAN, "libpod-{id}.scope"),
            // 0::/system.slice/web.service/libpod-payload-68af                          Podman 4, --cgroups=split
            container("libpod-payload", ContainerRuntime.PODMAN, "libpod-payload-{id}"),
            // 9:name=systemd:/libpod_parent/libpod-9160                                 lab: Podman 4.3, cgroupfs
            container("libpod", ContainerRuntime.PODMAN, "libpod-{id}"),
            // 0::/buildah-buildah1754321890                                             podman build, cgroupfs
            container("buildah", ContainerRuntime.BUILDAH, "buildah-buildah{number}"),

            // 0::/kubepods/burstable/pod7b0c/kata_1d2e                                  Kata 2, on the host
            container("kata", ContainerRuntime.KATA, "kata_{id}").ofSandbox(),
            // 4:memory:/kata_overhead/1d2e                                              Kata 2, its own overhead
            container("kata-overhead", ContainerRuntime.KATA, "kata_overhead/{id}")
                    .ofSandbox(),
            // 9:name=systemd:/kubepods/burstable/pod1111/84425c                         lab: containerd CRI, cgroupfs
            container("kubepods", ContainerRuntime.KUBERNETES, "{pod}/{id}"),
            // 1:name=systemd:/kubepods/besteffort/pode9b9/15aa6e53-b09a-40c7-8558-c6c31e36c88a   Garden's CRI
            container("kubepods-uuid", ContainerRuntime.KUBERNETES, "{pod}/{uuid}"),

            // 9:perf_event:/ecs/55091c13-b8cf-4801-b527-f4601742204d/432624d2           ECS on EC2
            container("ecs", ContainerRuntime.ECS, "ecs/{any}/{id}"),
            // 9:perf_event:/ecs/my-cluster/55091c13-b8cf-4801-b527-f4601742204d/432624  ECS, with the cluster's name
            container("ecs-cluster", ContainerRuntime.ECS, "ecs/{any}/{any}/{id}"),
            // 1:name=systemd:/ecs/34dc0b5e626f2c5c4c5170e34b10e765/34dc0b5e626f2c5c4c5170e34b10e765-1234567890
            //                                                                           Fargate 1.4
            container("ecs-fargate", ContainerRuntime.ECS, "ecs/{any}/{ecs}"),

            // 0::/lxc.monitor.web-1                                                     LXC 4 and later, its monitor
            host("lxc-monitor", ContainerRuntime.LXC, "lxc.monitor.{name}"),
            // 9:name=systemd:/lxc.monitor/web-1                                         LXC 3.1 to 4.0.0
            host("lxc-monitor", ContainerRuntime.LXC, "lxc.monitor/{name}"),
            // 0::/lxc.payload.labbb/.lxc                                                lab: LXC 5.0
            container("lxc-payload", ContainerRuntime.LXC, "lxc.payload.{name}"),
            // 9:name=systemd:/lxc.payload/web-1                                         LXC 3.1 to 4.0.0
            container("lxc-payload", ContainerRuntime.LXC, "lxc.payload/{name}"),
            // 2:cpu:/machine/lxc-4711-web.libvirt-lxc                                   libvirt without machined
            container("libvirt-lxc", ContainerRuntime.LIBVIRT_LXC, "lxc-{digits}-{name}.libvirt-lxc"),
            container("libvirt-lxc", ContainerRuntime.LIBVIRT_LXC, "{name}.libvirt-lxc"),
            // 2:cpu:/libvirt/lxc/web                                                    libvirt before 1.0.4
            container("libvirt-lxc", ContainerRuntime.LIBVIRT_LXC, "libvirt/lxc/{name}"),
            // 10:memory:/lxc/101/ns/system.slice/sshd.service                           LXC 3, Proxmox
            container("lxc", ContainerRuntime.LXC, "lxc/{name}"),

            // 0::/machine.slice/machine-lxc\x2d4711\x2dweb.scope                        libvirt with machined
            container("libvirt-lxc-scope", ContainerRuntime.LIBVIRT_LXC, "machine-lxc\\x2d{digits}\\x2d{name}.scope"),
            // 0::/machine.slice/machine-qemu\x2d1\x2dvm.scope/libvirt/emulator          a virtual machine of libvirt
            host("libvirt-qemu-scope", ContainerRuntime.MACHINED, "machine-qemu\\x2d{name}.scope"),
            host("libvirt-qemu", ContainerRuntime.MACHINED, "{name}.libvirt-qemu"),
            // 0::/machine.slice/machine-web\x2d1.scope/supervisor                       nspawn itself
            host("nspawn-supervisor", ContainerRuntime.NSPAWN, "machine-{name}.scope/supervisor"),
            host("nspawn-supervisor", ContainerRuntime.NSPAWN, "systemd-nspawn@{name}.service/supervisor"),
            // 0::/machine.slice/machine-web\x2d1.scope/payload/init.scope               systemd-nspawn
            container("nspawn-scope", ContainerRuntime.NSPAWN, "machine-{name}.scope/payload"),
            // 0::/machine.slice/systemd-nspawn@web.service/payload                      machinectl start
            container("nspawn-service", ContainerRuntime.NSPAWN, "systemd-nspawn@{name}.service/payload"),
            container("nspawn-service", ContainerRuntime.NSPAWN, "systemd-nspawn@{name}.service"),
            // 0::/machine.slice/machine-web.scope                                       machined, maker unknown
            container("machined-scope", ContainerRuntime.MACHINED, "machine-{name}.scope"),
            // 9:name=systemd:/payload                                                   lab: nspawn --keep-unit
            nameless("nspawn-payload", ContainerRuntime.NSPAWN, "payload"),

            // 0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.gnome.Maps-4711.scope
            //                                                                           Flatpak 1.9 and later
            container("flatpak-scope", ContainerRuntime.FLATPAK, "app-flatpak-{name}-{number}.scope"),
            // 1:name=systemd:/user.slice/user-1000.slice/user@1000.service/flatpak-org.gnome.Maps-4711.scope
            container("flatpak-scope", ContainerRuntime.FLATPAK, "flatpak-{name}-{number}.scope"),
            // 0::/user.slice/user-1000.slice/user@1000.service/user.slice/apptainer-4711.scope     Apptainer 1.1
            container("apptainer-scope", ContainerRuntime.APPTAINER, "apptainer-{number}.scope"),
            // 4:memory:/apptainer/4711                                                  Apptainer, cgroupfs
            container("apptainer", ContainerRuntime.APPTAINER, "apptainer/{number}"),
            container("singularity", ContainerRuntime.APPTAINER, "singularity/{number}"),

            // 0::/nomad.slice/share.slice/7a6d3c34-ccad-cbb4-0d66-4c8a2e0c9a0b.redis.scope          Nomad 1.7
            container("nomad-scope", ContainerRuntime.NOMAD, "nomad.slice/{any}/{task}.scope"),
            // 0::/nomad.slice/7a6d3c34-ccad-cbb4-0d66-4c8a2e0c9a0b.redis.scope                      Nomad 1.2
            container("nomad-scope", ContainerRuntime.NOMAD, "nomad.slice/{task}.scope"),
            // 4:cpuset:/nomad/shared/7a6d3c34-ccad-cbb4-0d66-4c8a2e0c9a0b.redis         Nomad, version 1 cgroups
            container("nomad", ContainerRuntime.NOMAD, "nomad/{any}/{task}"),
            // 6:memory:/nomad/7a6d3c34-ccad-cbb4-0d66-4c8a2e0c9a0b.redis                the other hierarchies
            container("nomad", ContainerRuntime.NOMAD, "nomad/{task}"),
            container("nomad", ContainerRuntime.NOMAD, "nomad/{uuid}"),
            // 1:cpuset:/garden/good/2ea6f4e8-9a36-4f9c-7a5e-7a0d                        Garden, with CPU entitlement
            container("garden", ContainerRuntime.GARDEN, "garden/good/{handle}"),
            container("garden", ContainerRuntime.GARDEN, "garden/bad/{handle}"),
            // 1:name=systemd:/system.slice/garden.service/garden/70eb4ce5-a065-4401-6990          Cloud Foundry
            container("garden", ContainerRuntime.GARDEN, "garden/{handle}"),
            // 8:cpuset:/mesos/6f1f1d40-16ae-4a5a-9d4b-1f8f1d0b7a6c                      Mesos
            container("mesos", ContainerRuntime.UNKNOWN, "mesos/{uuid}"),

            // 0::/actions_job/9c1e                    a parent of the user's own: docker run --cgroup-parent
            // 0::/2ec5                                lab: containerd CRI without a parent
            container("bare-id", ContainerRuntime.UNKNOWN, "{id}"),
            // 0::/openrc.sshd                         a service of OpenRC
            host("openrc", ContainerRuntime.UNKNOWN, "openrc.{name}"));

    private CgroupRules() {}

    private static CgroupRule container(String name, ContainerRuntime runtime, String template) {
        return CgroupRule.of(name, Kind.CONTAINER, runtime, template);
    }

    private static CgroupRule nameless(String name, ContainerRuntime runtime, String template) {
        return CgroupRule.of(name, Kind.NAMELESS, runtime, template);
    }

    private static CgroupRule host(String name, ContainerRuntime runtime, String template) {
        return CgroupRule.of(name, Kind.HOST, runtime, template);
    }
}
