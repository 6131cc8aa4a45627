// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AttachTargets;
import io.waybill.observe.LoadedLibraries;
import io.waybill.observe.ProcessSink;
import io.waybill.observe.ReturnHook;
import io.waybill.observe.UnixPeers;
import io.waybill.observe.Weavings;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Observers of what an application may come to use: accepted Unix-domain sockets, and attach. */
final class LateObservers implements AutoCloseable {
    private final Weavings weavings;
    private final Executor agentThread;
    private final Complaints complaints;
    private @Nullable UnixPeers peers;
    private @Nullable AttachTargets targets;
    private @Nullable ReturnHook libraries;

    private LateObservers(Weavings weavings, Executor agentThread, Complaints complaints) {
        this.weavings = weavings;
        this.agentThread = agentThread;
        this.complaints = complaints;
    }

    /**
     * Begins, from when the weavings are applied. What cannot be observed here is told, and the rest observed.
     *
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
        LateObservers observers = new LateObservers(weavings, agentThread, complaints);
        if (settings.isOn(Setting.PEERS)) {
            observers.guarded(() -> observers.peers = UnixPeers.observe(weavings, accepted, failures));
        }
        if (settings.isOn(Setting.ATTACH)
                && ModuleLayer.boot().findModule("jdk.attach").isPresent()) {
            observers.targets = new AttachTargets(weavings, sink, failures);
        }
        if (observers.peers != null || observers.targets != null) {
            observers.guarded(
                    () -> observers.libraries = LoadedLibraries.observe(weavings, observers::libraryLoaded, failures));
        }
        return observers;
    }

    /** Adds what uses a library that was loaded before, from when the weavings are applied. */
    void lookBack() {
        if (libraries != null) {
            LoadedLibraries.lookBack(weavings, this::lookAt);
        }
    }

    private void lookAt(Class<?> loaded) {
        guarded(() -> {
            if (peers != null) {
                peers.lookAt(loaded);
            }
            if (targets != null) {
                targets.lookAt(loaded);
            }
        });
    }

    /** What cannot be observed, as by a class loader that its application has closed, keeps nothing else from being so. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            complaints.tell("something that an application may come to use is not observed: " + e.getMessage());
        }
    }

    private void libraryLoaded(Class<?> caller, String library) {
        if (targets != null) {
            targets.libraryLoaded(caller, library); // at once: the attach follows
        }
        UnixPeers toldOfPeers = peers;
        if (toldOfPeers != null) {
            agentThread.execute(() -> toldOfPeers.libraryLoaded(caller, library));
        }
    }

    @Override
    public void close() {
        if (libraries != null) {
            libraries.close();
        }
        if (targets != null) {
            targets.close();
        }
        if (peers != null) {
            peers.close();
        }
    }
}
