// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A host service that works for some seconds, and now and then starts a child: one of its own, and one inside the pid
 * namespace of a container.
 *
 * <pre>
 * $ java -XX:StartFlightRecording=filename=host.jfr -javaagent:waybill-agent.jar=period=1s \
 *       -cp examples/target/classes io.waybill.examples.Sample00HostService 6 INIT_PID
 * worked for 6 s, with 6 children
 * </pre>
 */
public final class Sample00HostService {
    private Sample00HostService() {}

    /** Takes the seconds to work and, optionally, the init of a pid namespace to start children in. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
        String[][] children = arguments.length > 1
                ? new String[][] {{"true"}, {"nsenter", "--target", arguments[1], "--pid", "sleep", "0.5"}}
                : new String[][] {{"true"}};
        int started = 0;
        for (int second = 0; second < seconds; second++) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            Process child = new ProcessBuilder(children[second % children.length]).start();
            started++;
            long work = 0;
            while (System.nanoTime() < end) {
                work += Long.hashCode(work * 31 + end);
            }
            child.waitFor();
            Thread.sleep(work == 1 ? 499 : 500);
        }
        System.out.println("worked for " + seconds + " s, with " + started + " children");
    }
}
