// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/**
 * Streams its own events until it has seen what a container used between looks. Arguments: the container's id, and how
 * often; then {@code throttled} to go on until it was kept from running in more than a fifth of its periods.
 */
public final class UsageProgram {
    private UsageProgram() {}

    public static void main(String[] arguments) throws Exception {
        CountDownLatch seen = new CountDownLatch(Integer.parseInt(arguments[1]));
        CountDownLatch throttled = new CountDownLatch(arguments.length - 2);
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("waybill.ContainerUsage").withPeriod(Duration.ofSeconds(1));
            stream.onEvent("waybill.ContainerUsage", event -> {
                if (event.getString("containerId").equals(arguments[0])) {
                    print(event);
                    seen.countDown();
                    if (event.getFloat("throttled") > 0.2f) {
                        throttled.countDown();
                    }
                }
            });
            stream.startAsync();
            seen.await();
            throttled.await();
        }
    }

    private static void print(RecordedEvent event) {
        System.out.println("cpu " + event.getFloat("cpuUsage") + " throttled " + event.getFloat("throttled"));
    }
}
