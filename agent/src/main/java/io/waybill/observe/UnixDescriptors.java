// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** The descriptors of Unix-domain channels: of the JDK's, of Netty's and of junixsocket's, also relocated ones. */
public final class UnixDescriptors {
    /** Of the epoll transport, TCP too: the kernel tells them apart. */
    private static final String NETTY = "io.netty.channel.unix.UnixChannel";
    /** Of sockets and of channels. */
    private static final String JUNIXSOCKET = "org.newsclub.net.unix.FileDescriptorAccess";

    private final ClassValue<Reader> readers = new ClassValue<>() {
        @Override
        protected Reader computeValue(Class<?> type) {
            return reader(type);
        }
    };
    private final Consumer<Class<?>> opener;

    /**
     * Makes it.
     *
     * @param opener makes the members of a class reachable for this one
     */
    public UnixDescriptors(Consumer<Class<?>> opener) {
        this.opener = opener;
    }

    /** The descriptor of a channel; none if it is closed, or of a kind that is not known. */
    public OptionalInt of(Object channel) {
        try {
            int descriptor = readers.get(channel.getClass()).read(channel);
            return descriptor < 0 ? OptionalInt.empty() : OptionalInt.of(descriptor);
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            return OptionalInt.empty();
        }
    }

    private Reader reader(Class<?> type) {
        for (Class<?> each : interfaces(type, new HashSet<>())) {
            String name = each.getName();
            if (name.equals(NETTY) || name.endsWith("." + NETTY)) {
                return netty(each);
            }
            if (name.equals(JUNIXSOCKET) || name.endsWith("." + JUNIXSOCKET)) {
                return junixsocket(each);
            }
        }
        return type.getName().equals("sun.nio.ch.SocketChannelImpl") ? jdk(type) : channel -> -1;
    }

    private Reader jdk(Class<?> type) {
        try {
            opener.accept(type);
            Method descriptor = type.getMethod("getFDVal");
            descriptor.setAccessible(true);
            return channel -> ((SocketChannel) channel).getRemoteAddress() instanceof UnixDomainSocketAddress
                    ? (int) descriptor.invoke(channel)
                    : -1;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return channel -> -1;
        }
    }

    private static Reader netty(Class<?> type) {
        try {
            Method descriptor = type.getMethod("fd");
            Method number = descriptor.getReturnType().getMethod("intValue");
            return channel -> (int) number.invoke(descriptor.invoke(channel));
        } catch (ReflectiveOperationException e) {
            return channel -> -1;
        }
    }

    private Reader junixsocket(Class<?> type) {
        try {
            opener.accept(FileDescriptor.class);
            Field number = FileDescriptor.class.getDeclaredField("fd");
            number.setAccessible(true);
            Method descriptor = type.getMethod("getFileDescriptor");
            return channel -> {
                Object found = descriptor.invoke(channel);
                return found == null ? -1 : number.getInt(found);
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            return channel -> -1;
        }
    }

    private static Set<Class<?>> interfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> each : at.getInterfaces()) {
                if (found.add(each)) {
                    interfaces(each, found);
                }
            }
        }
        return found;
    }

    /** Reads the descriptor of a channel of one class; -1 if it has none. */
    private interface Reader {
        int read(Object channel) throws ReflectiveOperationException, IOException;
    }
}
