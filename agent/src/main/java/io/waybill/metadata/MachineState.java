// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.Map;

/**
 * What systemd-machined keeps of the machines that were registered with it.
 *
 * <pre>
 * /run/systemd/machines/web
 *     NAME=web
 *     SCOPE=machine-web.scope
 *     SERVICE=systemd-nspawn
 *     ROOT=/var/lib/machines/web
 *     LEADER=4711
 *     CLASS=container
 * </pre>
 *
 * @param folder {@code /run/systemd/machines}
 */
record MachineState(StateFolder folder) implements StateReader {
    private static final Map<String, ContainerRuntime> SERVICES = Map.of(
            "systemd-nspawn", ContainerRuntime.NSPAWN,
            "libvirt-lxc", ContainerRuntime.LIBVIRT_LXC);

    MachineState(Path hostRoot) {
        this(StateFolder.of(hostRoot, "run", "systemd", "machines"));
    }

    @Override
    public Lookup find(Wanted wanted) {
        return Lookups.of(folder, folder.read(wanted.id()), text -> record(text, wanted.id()));
    }

    static ContainerRecord record(StateText.Text text, String name) {
        String service = String.valueOf(Keys.value(text.text(), "SERVICE"));
        String leader = String.valueOf(Keys.value(text.text(), "LEADER"));
        String scope = Keys.value(text.text(), "SCOPE");
        return ContainerRecord.of(
                        SERVICES.getOrDefault(service, ContainerRuntime.MACHINED), name, "machine", text.path())
                .called(name, null)
                .withInit(new ContainerRecord.Init(Keys.number(leader), 0, scope == null ? "" : scope));
    }
}
