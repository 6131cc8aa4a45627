// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Observes the channels that servers of this JVM accept, by the JDK, by Netty's epoll transport and by junixsocket.
 *
 * <pre>{@code
 * public SocketChannel accept() throws IOException {
 *     ...
 *     return channel;
 * }
 * }</pre>
 *
 * <p>becomes:
 *
 * <pre>{@code
 * public SocketChannel accept() throws IOException {
 *     ...
 *     WaybillPeers.tell(this, channel);
 *     return channel;
 * }
 * }</pre>
 */
public final class UnixPeers implements AutoCloseable {
    private static final String JDK = "sun.nio.ch.ServerSocketChannelImpl";

    private final Weavings weavings;
    private final ReturnHook hook;

    private UnixPeers(Weavings weavings, ReturnHook hook) {
        this.weavings = weavings;
        this.hook = hook;
    }

    /**
     * Observes what the JDK accepts, from when the weavings are applied.
     *
     * @param accepted called in the thread that accepted, with a channel of any kind
     * @param failures told what that throws, so that the application never sees it
     * @throws IllegalStateException if this JVM's class cannot be instrumented
     */
    public static UnixPeers observe(
            Weavings weavings, Consumer<Object> accepted, Consumer<? super Throwable> failures) {
        try {
            ReturnHook hook = ReturnHook.define(
                    weavings,
                    "WaybillPeers",
                    (server, channel) -> {
                        if (channel != null) {
                            accepted.accept(channel);
                        }
                    },
                    failures);
            hook.weave(Class.forName(JDK, false, null), 0, ReturnWeaver.RETURNED, "accept(");
            return new UnixPeers(weavings, hook);
        } catch (ReflectiveOperationException | IOException | LinkageError e) {
            throw new IllegalStateException("accepted sockets cannot be observed: " + e, e);
        }
    }

    /**
     * A library was loaded, perhaps one that serves Unix-domain sockets; if so, what that accepts is observed too.
     *
     * @param caller the class that loaded it
     * @throws IllegalStateException if the class cannot be instrumented
     */
    public void libraryLoaded(Class<?> caller, String library) {
        for (UnixLibrary each : UnixLibrary.values()) {
            if (each.isLoadedBy(caller, library)) {
                weave(each, caller);
            }
        }
        weavings.apply();
    }

    /**
     * Looks whether a class that was loaded before anybody told of it is of such a library. What that accepts is observed
     * from when the weavings are applied.
     *
     * @throws IllegalStateException if a class cannot be instrumented
     */
    public void lookAt(Class<?> loaded) {
        for (UnixLibrary each : UnixLibrary.values()) {
            if (each.isShownBy(loaded)) {
                weave(each, loaded);
            }
        }
    }

    @Override
    public void close() {
        hook.close();
    }

    private void weave(UnixLibrary library, Class<?> of) {
        String name = library.server(of);
        try {
            Class<?> server = Class.forName(name, false, of.getClassLoader());
            hook.weave(server, 0, ReturnWeaver.RETURNED, library.accepting());
        } catch (ClassNotFoundException e) {
            // that version has none
        } catch (IOException | LinkageError e) {
            throw new IllegalStateException(name + " cannot be observed: " + e, e);
        }
    }
}
