// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
import io.waybill.jfr.ContainerScopeEvent;
import java.nio.file.Path;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Makes a recording of very many nested scopes. Arguments: the file, and its size in MiB. */
final class LargeRecording {
    private static final int CONTAINERS = 7;

    private static volatile Object garbage;

    private LargeRecording() {}

    public static void main(String[] arguments) throws Exception {
        long size = Long.parseLong(arguments[1]) << 20;
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.setToDisk(true);
            recording.start();
            Thread[] threads = new Thread[2];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> work(recording, size));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            recording.dump(Path.of(arguments[0]));
        }
    }

    private static void work(Recording recording, long size) {
        for (int n = 0; n % 5000 != 0 || recording.getSize() < size; n++) {
            ContainerScopeEvent outer = begin();
            ContainerScopeEvent inner = begin();
            if (n % 50 == 0) {
                garbage = new byte[4096];
            }
            end(inner, n % CONTAINERS);
            end(outer, (n + 1) % CONTAINERS);
        }
    }

    private static ContainerScopeEvent begin() {
        ContainerScopeEvent scope = new ContainerScopeEvent();
        scope.begin();
        return scope;
    }

    private static void end(ContainerScopeEvent scope, int container) {
        scope.containerId = "container" + container;
        scope.containerName = "name-" + container;
        scope.initPid = 1000 + container;
        scope.commit();
    }
}
