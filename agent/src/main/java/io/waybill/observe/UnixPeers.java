// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
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
    private static final String NETTY = "io.netty.";
    private static final String JUNIXSOCKET = "org.newsclub.net.unix.";

    private final ReturnHook hook;

    private UnixPeers(ReturnHook hook) {
        this.hook = hook;
    }

    /**
     * Begins to observe what the JDK accepts.
     *
     * @param accepted called in the thread that accepted, with a channel of any kind
     * @param failures told what that throws, so that the application never sees it
     * @throws IllegalStateException if this JVM's class cannot be instrumented
     */
    public static UnixPeers observe(
            Instrumentation instrumentation, Consumer<Object> accepted, Consumer<? super Throwable> failures) {
        try {
            ReturnHook hook = ReturnHook.define(
                    instrumentation,
                    "WaybillPeers",
                    (server, channel) -> {
                        if (channel != null) {
                            accepted.accept(channel);
                        }
                    },
                    failures);
            hook.weave(Class.forName(JDK, false, null), 0, ReturnWeaver.RETURNED, "accept(");
            return new UnixPeers(hook);
        } catch (ReflectiveOperationException | IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("accepted sockets cannot be observed: " + e, e);
        }
    }

    /**
     * A library was loaded, perhaps one that serves Unix-domain sockets; if so, what that accepts is observed too.
     *
     * @param caller the class that loaded it
     * @throws IllegalStateException if the class cannot be instrumented
     */
    public synchronized void libraryLoaded(Class<?> caller, String library) {
        String name = caller.getName();
        if (library.contains("netty_transport_native_epoll") && name.contains(NETTY)) {
            String prefix = name.substring(0, name.indexOf(NETTY));
            weaveOf(caller, prefix + NETTY + "channel.epoll.EpollServerDomainSocketChannel", "newChildChannel(");
        } else if (library.contains("junixsocket") && name.contains(JUNIXSOCKET)) {
            String prefix = name.substring(0, name.indexOf(JUNIXSOCKET));
            weaveOf(caller, prefix + JUNIXSOCKET + "AFServerSocket", "accept1(");
        }
    }

    @Override
    public synchronized void close() {
        hook.close();
    }

    private void weaveOf(Class<?> caller, String name, String method) {
        try {
            hook.weave(Class.forName(name, false, caller.getClassLoader()), 0, ReturnWeaver.RETURNED, method);
        } catch (ClassNotFoundException e) {
            // that version has none
        } catch (IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException(name + " cannot be observed: " + e, e);
        }
    }
}
