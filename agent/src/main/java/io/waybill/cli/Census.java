// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * All processes of this machine, by the container or pid namespace they are in.
 *
 * @param containers the processes of each container or namespace
 * @param refused the processes whose namespace the kernel refused to show, and that are in no container
 */
record Census(Map<ContainerEntry, List<Resolution>> containers, Refusals refused) {
    private static final int HELD = 64;
    private static final int LIMIT = 100_000;

    /**
     * Looks once.
     *
     * @param settings what may be read to identify a container
     * @param complaints is told what is missing
     * @throws IOException if /proc cannot be listed
     */
    static Census take(IdentitySettings settings, Consumer<String> complaints) throws IOException {
        try (Answers answers = Answers.wire(HELD, settings, StepLog.NONE, complaints)) {
            List<Resolution> everything = new ArrayList<>();
            answers.listProcesses((pid, inode) ->
                    everything.add(answers.resolver().named(answers.resolver().resolve(pid))));
            ContainerTable table = new ContainerTable(
                    new EntryMaker(
                            pid -> answers.resolver().named(answers.resolver().resolve(pid)),
                            answers.processes()::read),
                    Clock.systemUTC(),
                    LIMIT);
            table.all(everything);
            Map<Long, Resolution> byPid = new HashMap<>();
            everything.forEach(resolution -> byPid.put(resolution.pid(), resolution));
            Map<ContainerEntry, List<Resolution>> containers = new LinkedHashMap<>();
            table.entries().stream()
                    .sorted(Comparator.comparingLong(ContainerEntry::initPid))
                    .forEach(entry -> containers.put(
                            entry,
                            table.processesOf(entry).stream()
                                    .map(byPid::get)
                                    .filter(Objects::nonNull)
                                    .toList()));
            return new Census(containers, refused(everything));
        }
    }

    private static Refusals refused(List<Resolution> everything) {
        Refusals refusals = new Refusals();
        for (Resolution resolution : everything) {
            if (resolution instanceof Resolution.Refused refused
                    && refused.container().isEmpty()) {
                refusals.add(refused);
            }
        }
        return refusals;
    }
}
