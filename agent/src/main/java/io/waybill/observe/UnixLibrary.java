// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

/** A library in Java that serves Unix-domain sockets through native code of its own; also one under another prefix. */
enum UnixLibrary {
    /** Its epoll transport. */
    NETTY(
            "netty_transport_native_epoll",
            "io.netty.",
            "channel.epoll.Native",
            "channel.epoll.EpollServerDomainSocketChannel",
            "newChildChannel("),
    /** Its sockets and its channels. */
    JUNIXSOCKET("junixsocket", "org.newsclub.net.unix.", "NativeUnixSocket", "AFServerSocket", "accept1(");

    private final String file;
    private final String root;
    private final String binding;
    private final String server;
    private final String accepting;

    /**
     * Names what an observer needs.
     *
     * @param file in the name of its native library
     * @param root of its packages
     * @param binding the class below the root whose methods are native
     * @param server the class below the root that accepts
     * @param accepting how the name and descriptor of its method begin that returns what was accepted
     */
    UnixLibrary(String file, String root, String binding, String server, String accepting) {
        this.file = file;
        this.root = root;
        this.binding = binding;
        this.server = server;
        this.accepting = accepting;
    }

    /** Whether it is this one whose class has loaded a native library. */
    boolean isLoadedBy(Class<?> caller, String nativeLibrary) {
        return nativeLibrary.contains(file) && caller.getName().contains(root);
    }

    /** Whether this class is the one that it uses its native library by. */
    boolean isShownBy(Class<?> loaded) {
        String name = loaded.getName();
        return name.endsWith(binding) && name.endsWith(root + binding);
    }

    /** The name of the class that accepts, in the library that another class is of. */
    String server(Class<?> of) {
        String name = of.getName();
        return name.substring(0, name.indexOf(root)) + root + server;
    }

    /** How the name and descriptor of the method begin that returns what was accepted. */
    String accepting() {
        return accepting;
    }
}
