// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import jdk.jfr.consumer.RecordedEvent;

/** Collects what a recording says of its own JVM. */
final class JvmFacts {
    private long pid;
    private String program = "";
    private String version = "";
    private String hostname = "";
    private String containerId = "";
    private String containerName = "";
    private long pidNamespace;
    private long initPid;

    /** {@code jdk.JVMInformation}. */
    void jvmInformation(RecordedEvent event) {
        pid = EventFields.number(event, "pid");
        // The rest of the line are the program's arguments, which are nobody's business.
        program = EventFields.text(event, "javaArguments").split(" ", 2)[0];
        version = versionIn(EventFields.text(event, "jvmVersion"));
    }

    /** {@code jdk.InitialEnvironmentVariable}. */
    void environmentVariable(RecordedEvent event) {
        if (EventFields.text(event, "key").equals("HOSTNAME")) {
            hostname = EventFields.text(event, "value");
        }
    }

    /** {@code waybill.ProcessObserved} with the origin self. */
    void self(RecordedEvent event) {
        pid = EventFields.number(event, "pid");
        containerId = EventFields.text(event, "containerId");
        containerName = EventFields.text(event, "containerName");
        pidNamespace = EventFields.number(event, "pidNamespace");
        initPid = EventFields.number(event, "initPid");
    }

    long pidNamespace() {
        return pidNamespace;
    }

    RecordingJvm finish(String file, long begin, long end, int chunks) {
        return new RecordingJvm(
                file,
                begin / 1_000_000,
                end / 1_000_000,
                chunks,
                pid,
                program,
                version,
                hostname,
                containerId,
                containerName,
                pidNamespace,
                initPid);
    }

    /**
     * The version in what the JVM says of itself.
     *
     * <pre>
     * OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1deb12u1) for linux-amd64 JRE (17.0.15+6-Debian-1deb12u1), built on ...
     *                           (1)
     * (1) the version
     * </pre>
     */
    private static String versionIn(String line) {
        int from = line.indexOf('(');
        int to = line.indexOf(')', from + 1);
        return from < 0 || to < 0 ? "" : line.substring(from + 1, to);
    }
}
