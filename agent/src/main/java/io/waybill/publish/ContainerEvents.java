// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ObservedProcess;
import io.waybill.inventory.ContainerEntry;
import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerNamespaceEvent;
import io.waybill.jfr.ContainerSourceEvent;
import io.waybill.jfr.ContainerStartedEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fills the events that tell of containers. */
final class ContainerEvents {
    private ContainerEvents() {}

    static void started(ContainerEntry container) {
        ContainerStartedEvent event = new ContainerStartedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.initStart = startMillis(container.initProcess());
            event.pidNamespace = facts.pidNamespace();
            event.commit();
        }
    }

    static void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        ContainerEndedEvent event = new ContainerEndedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.pidNamespace = facts.pidNamespace();
            event.exitStatus = exitStatus == null ? "" : describe(exitStatus);
            event.lifetime = Duration.between(container.start(), noticed).toMillis();
            event.commit();
        }
    }

    /** All that is known of it. */
    static void exists(ContainerEntry container) {
        container(container);
        namespace(container);
        source(container);
    }

    static void container(ContainerEntry container) {
        ContainerEvent event = new ContainerEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            ObservedProcess init = container.initProcess();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.image = facts.image();
            event.podNamespace = facts.podNamespace();
            event.podName = facts.podName();
            event.initPid = facts.initPid();
            event.initCommand = init == null ? "" : init.command();
            event.pidNamespace = facts.pidNamespace();
            event.containerId = facts.containerId();
            event.commit();
        }
    }

    static void namespace(ContainerEntry container) {
        ContainerNamespaceEvent event = new ContainerNamespaceEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerName = facts.containerName();
            event.initPid = facts.initPid();
            event.initStart = startMillis(container.initProcess());
            event.sharedWith = container.sharedWith();
            event.depth = facts.depth();
            event.pidNamespace = facts.pidNamespace();
            event.pidNamespaceId = facts.pidNamespaceId();
            event.parentPidNamespace = facts.parentPidNamespace();
            event.containerId = facts.containerId();
            event.commit();
        }
    }

    static void source(ContainerEntry container) {
        ContainerSourceEvent event = new ContainerSourceEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerName = facts.containerName();
            event.provenance = facts.provenance();
            event.remarks = facts.remarks();
            event.cgroupPath = facts.cgroupPath();
            event.podUid = facts.podUid();
            event.pidNamespace = facts.pidNamespace();
            event.containerId = facts.containerId();
            event.commit();
        }
    }

    private static long startMillis(@Nullable ObservedProcess process) {
        return process == null || process.start() == null ? 0 : process.start().toEpochMilli();
    }

    /** A status of {@code wait}: the signal in the low seven bits, otherwise the code in the next byte. */
    private static String describe(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? "exit " + ((status >> 8) & 0xff) : "signal " + signal;
    }
}
