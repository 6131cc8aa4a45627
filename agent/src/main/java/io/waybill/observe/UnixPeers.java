// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

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
 *     Consumer consumer = WaybillPeers.hook;
 *     if (consumer != null) {
 *         consumer.accept(channel);
 *     }
 *     return channel;
 * }
 * }</pre>
 */
public final class UnixPeers implements AutoCloseable {
    private static final String JDK = "sun.nio.ch.ServerSocketChannelImpl";
    private static final String NETTY = "io.netty.";
    private static final String JUNIXSOCKET = "org.newsclub.net.unix.";

    private final Instrumentation instrumentation;
    private final Hook<Consumer<Object>> hook;
    private final Deque<Weaving> weavings = new ArrayDeque<>();

    private UnixPeers(Instrumentation instrumentation, Hook<Consumer<Object>> hook) {
        this.instrumentation = instrumentation;
        this.hook = hook;
    }

    /**
     * Begins to observe what the JDK accepts.
     *
     * @param accepted called in the thread that accepted, with a channel of any kind; null where a server has none waiting
     * @param failures told what that throws, so that the application never sees it
     * @throws IllegalStateException if this JVM's class cannot be instrumented
     */
    public static UnixPeers observe(
            Instrumentation instrumentation, Consumer<Object> accepted, Consumer<? super Throwable> failures) {
        try {
            Hook<Consumer<Object>> hook =
                    Hook.define(instrumentation, "WaybillPeers", Consumer.class, new Accepted(accepted, failures));
            UnixPeers peers = new UnixPeers(instrumentation, hook);
            peers.weave(Class.forName(JDK, false, null), "accept");
            return peers;
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
            weaveOf(caller, prefix + NETTY + "channel.epoll.EpollServerDomainSocketChannel", "newChildChannel");
        } else if (library.contains("junixsocket") && name.contains(JUNIXSOCKET)) {
            String prefix = name.substring(0, name.indexOf(JUNIXSOCKET));
            weaveOf(caller, prefix + JUNIXSOCKET + "AFServerSocket", "accept1");
        }
    }

    @Override
    public synchronized void close() {
        try {
            hook.close();
            while (!weavings.isEmpty()) {
                weavings.pop().close();
            }
        } catch (ReflectiveOperationException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("accepting cannot be restored: " + e, e);
        }
    }

    private void weaveOf(Class<?> caller, String name, String method) {
        try {
            weave(Class.forName(name, false, caller.getClassLoader()), method);
        } catch (ClassNotFoundException e) {
            // that version has none
        } catch (IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException(name + " cannot be observed: " + e, e);
        }
    }

    private void weave(Class<?> type, String method)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        weavings.push(Weaving.into(
                type,
                hook.advice()
                        .to(Return.class)
                        .on(ElementMatchers.<MethodDescription>named(method)
                                .and(ElementMatchers.not(ElementMatchers.isBridge()))),
                instrumentation));
    }

    /** What the hook leads to. */
    private record Accepted(Consumer<Object> accepted, Consumer<? super Throwable> failures)
            implements Consumer<Object> {
        @Override
        public void accept(@Nullable Object channel) {
            try {
                if (channel != null && !AgentThreads.isCurrent()) {
                    accepted.accept(channel);
                }
            } catch (Throwable e) {
                failures.accept(e);
            }
        }
    }

    /** The advice; reads the field once, since it may be emptied at any time. */
    static final class Return {
        private Return() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Hook.Target @Nullable Consumer<Object> hook, @Advice.Return @Nullable Object channel) {
            Consumer<Object> consumer = hook;
            if (consumer != null) {
                consumer.accept(channel);
            }
        }
    }
}
