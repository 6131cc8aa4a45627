// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerNamespaceEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** A recording of this JVM with scopes of two containers, one inside the other, of which one has a hostile name. */
final class HostileRecording {
    static final String WEB = "a".repeat(64);
    static final String DB = "b".repeat(64);
    static final String HOSTILE = "=cmd|'/c calc'!A1;<script>alert(1)</script>\u001b[2J";

    private static volatile Object garbage;

    private HostileRecording() {}

    /** Of more than one chunk; the outer scope begins in an earlier one than it ends in. */
    static Path write(Path recording) throws IOException {
        try (Recording all = new Recording()) {
            all.enable("jdk.ObjectAllocationSample").with("throttle", "10000/s");
            all.enable("jdk.ProcessStart");
            all.enable("jdk.JVMInformation");
            all.start();
            describe(WEB, "web-0", 4711);
            describe(DB, HOSTILE, 4712);
            observeSelf();
            allocate();
            ContainerScopeEvent outer = new ContainerScopeEvent();
            outer.begin();
            allocate();
            try (Recording other = new Recording()) {
                other.start(); // and a new chunk begins
                allocate();
            }
            ContainerScopeEvent inner = new ContainerScopeEvent();
            inner.begin();
            allocate();
            startChild();
            end(inner, DB, HOSTILE, 4712);
            end(outer, WEB, "web-0", 4711);
            all.stop();
            all.dump(recording);
        }
        return recording;
    }

    /** With one scope. */
    static Path writeSmall(Path recording) throws IOException {
        try (Recording some = new Recording()) {
            some.start();
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            end(scope, WEB, "web-0", 99);
            some.stop();
            some.dump(recording);
        }
        return recording;
    }

    /** Of an agent that could not keep up. */
    static Path writeWithShortfall(Path recording) throws IOException {
        try (Recording some = new Recording()) {
            some.start();
            for (int times : new int[] {2, 3}) {
                ResolverStatisticsEvent event = new ResolverStatisticsEvent();
                event.missed = 4L * times;
                event.commit();
            }
            some.stop();
            some.dump(recording);
        }
        return recording;
    }

    private static void describe(String id, String name, long initPid) {
        ContainerEvent event = new ContainerEvent();
        event.containerId = id;
        event.containerName = name;
        event.runtime = "docker";
        event.initPid = initPid;
        event.commit();
        ContainerNamespaceEvent namespace = new ContainerNamespaceEvent();
        namespace.containerId = id;
        namespace.initPid = initPid;
        namespace.initStart = 1_700_000_000_000L;
        namespace.commit();
    }

    private static void observeSelf() {
        ProcessObservedEvent self = new ProcessObservedEvent();
        self.origin = "self";
        self.pid = ProcessHandle.current().pid();
        self.pidNamespace = 4026531836L;
        self.initPid = 1;
        self.commit();
    }

    private static void startChild() throws IOException {
        Process child = new ProcessBuilder("true").start();
        child.onExit().join();
        ProcessObservedEvent event = new ProcessObservedEvent();
        event.origin = "child";
        event.pid = child.pid();
        event.command = "true";
        event.containerId = WEB;
        event.commit();
    }

    private static void end(ContainerScopeEvent scope, String id, String name, long initPid) {
        scope.containerId = id;
        scope.containerName = name;
        scope.initPid = initPid;
        scope.end();
        scope.commit();
    }

    private static void allocate() {
        for (int i = 0; i < 2000; i++) {
            garbage = new byte[100_000];
        }
    }
}
