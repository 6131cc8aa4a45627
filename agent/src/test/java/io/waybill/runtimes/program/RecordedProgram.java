// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes.program;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.RecordingStream;

/**
 * A host JVM that ends once its own recording has told of certain processes and of their containers. Arguments: a
 * container's id, a slash, and the command of a process in it.
 */
public final class RecordedProgram {
    private RecordedProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Set<String> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(Arrays.asList(arguments));
        for (String argument : arguments) {
            missing.add(argument.substring(0, argument.indexOf('/')));
        }
        CountDownLatch complete = new CountDownLatch(1);
        try (RecordingStream stream = new RecordingStream()) {
            stream.onEvent("waybill.ProcessObserved", event -> {
                missing.remove(event.getString("containerId") + "/" + event.getString("command"));
            });
            stream.onEvent("waybill.Container", event -> missing.remove(event.getString("containerId")));
            stream.onEvent(event -> {
                if (missing.isEmpty()) {
                    complete.countDown();
                }
            });
            stream.startAsync();
            complete.await();
        }
    }
}
