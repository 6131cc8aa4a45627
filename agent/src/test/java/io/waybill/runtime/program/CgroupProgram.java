// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;

/**
 * Starts a pid namespace, which nobody looks at, then makes a cgroup, as a container runtime does for each container; prints
 * whether the namespace comes into the recording by that. Arguments: a folder of a cgroup hierarchy, the cgroup's name.
 */
public final class CgroupProgram {
    private CgroupProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path group = Path.of(arguments[0], arguments[1]);
        Process process = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "sleep", "1000").start();
        try (RecordingStream events = new RecordingStream()) {
            awaitInit(process);
            CountDownLatch seen = new CountDownLatch(1);
            events.enable("waybill.ContainerStarted");
            events.onEvent("waybill.ContainerStarted", event -> {
                if (event.getLong("initPid") == initOf(process)) {
                    seen.countDown();
                }
            });
            events.startAsync();
            System.out.println("recording");
            awaitThread("waybill-cgroups");
            Files.createDirectory(group);
            System.out.println(seen.await(40, TimeUnit.SECONDS) ? "started" : "missed");
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(group);
        }
    }

    private static void awaitInit(Process unshare) throws InterruptedException {
        while (initOf(unshare) == 0) {
            Thread.sleep(20);
        }
    }

    private static long initOf(Process unshare) {
        return unshare.children().mapToLong(ProcessHandle::pid).findFirst().orElse(0);
    }

    private static void awaitThread(String name) throws InterruptedException {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        for (boolean found = false; !found; Thread.sleep(20)) {
            Thread[] threads = new Thread[top.activeCount() + 16];
            int count = top.enumerate(threads, true);
            for (int i = 0; i < count; i++) {
                found |= threads[i].getName().equals(name);
            }
        }
    }
}
