// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.EventStream;

/**
 * Runs until its recording has every event that comes while it runs: works on behalf of a container, says {@code ready},
 * then {@code started} and {@code ended} when it has seen another one start and end. Arguments: the init of the first and
 * its id, and how the id of the other begins.
 */
public final class EveryEventProgram {
    private final String id;
    private final String prefix;
    private final CountDownLatch used = new CountDownLatch(2);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private EveryEventProgram(String id, String prefix) {
        this.id = id;
        this.prefix = prefix;
    }

    public static void main(String[] arguments) throws Exception {
        work(Long.parseLong(arguments[0]));
        new EveryEventProgram(arguments[1], arguments[2]).watch();
    }

    /** Scopes are nothing until the agent noticed that a recording runs. */
    @SuppressWarnings("try") // the scope is for what happens meanwhile
    private static void work(long pid) throws InterruptedException {
        while (ProcessContainers.find(pid).isEmpty() || ContainerScope.of(pid) instanceof Enum<?>) {
            Thread.sleep(10);
        }
        try (ContainerScope scope = ContainerScope.of(pid)) {
            Thread.sleep(30);
        }
    }

    private void watch() throws Exception {
        try (EventStream events = EventStream.openRepository()) {
            events.onEvent("waybill.ContainerUsage", event -> countDown(used, id, event.getString("containerId")));
            events.onEvent(
                    "waybill.ContainerStarted", event -> countDown(started, prefix, event.getString("containerId")));
            events.onEvent("waybill.ContainerEnded", event -> countDown(ended, prefix, event.getString("containerId")));
            events.setStartTime(Instant.EPOCH);
            events.startAsync();
            used.await();
            System.out.println("ready");
            started.await();
            System.out.println("started");
            ended.await();
            System.out.println("ended");
        }
    }

    private void countDown(CountDownLatch latch, String wanted, String containerId) {
        boolean first = containerId.equals(id);
        if (containerId.startsWith(wanted) && first == wanted.equals(id)) {
            latch.countDown();
        }
    }
}
