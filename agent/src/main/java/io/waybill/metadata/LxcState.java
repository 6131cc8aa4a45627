// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LXC, LXD and Incus keep, each in a folder of that name for each container.
 *
 * <pre>
 * /var/lib/lxc/web-1/config                     LXC; of a user ~/.local/share/lxc/web-1/config
 * /var/lib/incus/containers/web-1               Incus: a link, in a project that is not the default one project_web-1
 * /var/lib/incus/storage-pools/default/containers/web-1/backup.yaml
 *     image.description: Debian bookworm amd64 (20260101_05:24)
 * </pre>
 */
final class LxcState implements StateReader {
    static final String LXD_RULE = "lxd-containers";
    static final String INCUS_RULE = "incus-containers";
    /** The line of the image in a container's backup. */
    static final String IMAGE = "image.description:";

    private static final int MOST_POOLS = 64;

    private final Path hostRoot;
    private final Users users;

    LxcState(Path hostRoot) {
        this.hostRoot = hostRoot;
        users = new Users(hostRoot);
    }

    @Override
    public Lookup find(Wanted wanted) {
        String name = wanted.id();
        List<Lookup> answers = new ArrayList<>();
        answers.add(daemon(ContainerRuntime.INCUS, "var/lib/incus", name));
        answers.add(daemon(ContainerRuntime.LXD, "var/snap/lxd/common/lxd", name));
        answers.add(daemon(ContainerRuntime.LXD, "var/lib/lxd", name));
        answers.add(lxc(hostRoot.resolve("var/lib/lxc"), name));
        if (wanted.user() != Wanted.NO_USER) {
            users.home(wanted.user()).ifPresent(home -> answers.add(lxc(home.resolve(".local/share/lxc"), name)));
        }
        wanted.hints().forEach(hint -> answers.add(lxc(users.onHost(hint), name)));
        return answers.stream()
                .filter(answer -> answer instanceof Lookup.Found)
                .findFirst()
                .orElseGet(() -> Lookups.worst(answers));
    }

    private static Lookup lxc(Path folder, String name) {
        StateFolder containers = new StateFolder(folder);
        return Lookups.of(
                containers,
                containers.read(name, "config"),
                text -> ContainerRecord.of(ContainerRuntime.LXC, name, "lxc-config", text.path())
                        .called(name, null));
    }

    private Lookup daemon(ContainerRuntime runtime, String folder, String name) {
        StateFolder base = new StateFolder(hostRoot.resolve(folder));
        if (!base.list("containers").contains(name)) {
            return base.lacking();
        }
        return new Lookup.Found(ContainerRecord.of(
                        runtime,
                        name,
                        runtime == ContainerRuntime.INCUS ? INCUS_RULE : LXD_RULE,
                        base.base() + "/containers/" + name)
                .called(name, image(base, name)));
    }

    private static @Nullable String image(StateFolder base, String name) {
        for (String pool : base.list("storage-pools").stream().limit(MOST_POOLS).toList()) {
            StateText backup = base.read("storage-pools", pool, "containers", name, "backup.yaml");
            String image = image(backup.textOrEmpty());
            if (image != null) {
                return image;
            }
        }
        return null;
    }

    static @Nullable String image(String backup) {
        return backup.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(IMAGE))
                .map(line -> line.substring(IMAGE.length()).strip())
                .findFirst()
                .orElse(null);
    }
}
