// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AttachTargets;
import io.waybill.observe.LoadedLibraries;
import io.waybill.observe.ProcessSink;
import io.waybill.observe.ReturnHook;
import io.waybill.observe.UnixPeers;
import io.waybill.observe.Weavings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Observers of what an application may come to use: accepted Unix-domain sockets, and attach. */
final class LateObservers implements AutoCloseable {
    private final Deque<Runnable> toUndo = new ArrayDeque<>();

    private LateObservers() {}

    /**
     * Begins. What cannot be observed here is told, and the rest observed.
     *
     * @param weavings holds what is woven into classes, until whoever gave it closes it
     * @param accepted is told of an accepted channel of any kind, in the thread that accepted it
     * @param sink is told of a JVM that was attached to
     * @param failures is told what goes wrong in an instrumented method
     * @param agentThread does what takes a while
     */
    static LateObservers begin(
            Settings settings,
            Weavings weavings,
            Consumer<Object> accepted,
            ProcessSink sink,
            Consumer<Throwable> failures,
            Executor agentThread,
            Complaints complaints) {
        LateObservers observers = new LateObservers();
        boolean attach = settings.isOn(Setting.ATTACH)
                && ModuleLayer.boot().findModule("jdk.attach").isPresent();
        try {
            UnixPeers peers = null;
            if (settings.isOn(Setting.PEERS)) {
                peers = UnixPeers.observe(weavings, accepted, failures);
                observers.toUndo.push(peers::close);
            }
            AttachTargets targets = attach ? new AttachTargets(weavings, sink, failures) : null;
            if (targets != null) {
                observers.toUndo.push(targets::close);
            }
            if (peers != null || targets != null) {
                UnixPeers toldOfPeers = peers;
                ReturnHook libraries = LoadedLibraries.observe(
                        weavings,
                        (caller, library) -> {
                            if (targets != null) {
                                targets.libraryLoaded(caller, library); // at once: the attach follows
                            }
                            if (toldOfPeers != null) {
                                agentThread.execute(() -> toldOfPeers.libraryLoaded(caller, library));
                            }
                        },
                        failures);
                observers.toUndo.push(libraries::close);
                weavings.apply();
                if (toldOfPeers != null) {
                    agentThread.execute(toldOfPeers::lookForLibraries); // those that were loaded before
                }
            }
        } catch (IllegalStateException e) {
            complaints.tell("what an application may come to use is not observed: " + e);
        }
        return observers;
    }

    @Override
    public void close() {
        while (!toUndo.isEmpty()) {
            toUndo.pop().run();
        }
    }
}
