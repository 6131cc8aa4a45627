// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.linux.SocketPeer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The processes that connected and that the agent's thread has not looked at yet: each is held, which takes a descriptor of
 * the application's, so they are not many. A server may accept connections faster than that thread gets a CPU.
 */
final class HeldPeers implements AutoCloseable {
    private final int limit;
    private final AgentThread thread;
    private final Consumer<SocketPeer> look;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Makes it empty.
     *
     * @param limit how many are held at most; further ones are dropped, and counted with what the thread drops
     * @param look is told of each in the agent's thread, and lets it go
     */
    HeldPeers(int limit, AgentThread thread, Consumer<SocketPeer> look) {
        this.limit = limit;
        this.thread = thread;
        this.look = look;
    }

    /** Whether another one may be held; if not, it is counted as dropped. */
    boolean hasRoom() {
        boolean room = held.size() < limit;
        if (!room) {
            thread.drop();
        }
        return room;
    }

    /** Holds one until it was looked at. */
    void add(SocketPeer peer) {
        Held one = null;
        try {
            one = new Held(peer);
            held.add(one);
            if (!thread.offer(one::look) || closed) {
                one.letGo();
            }
        } catch (RuntimeException | Error e) { // for want of memory: nobody will look
            if (one != null) {
                held.remove(one);
            }
            peer.close();
            throw e;
        }
    }

    /** Lets go of those that nobody will look at any more. */
    @Override
    public void close() {
        closed = true;
        held.forEach(Held::letGo);
    }

    /** One of them; the same process may have connected twice. */
    private final class Held {
        private final SocketPeer peer;

        Held(SocketPeer peer) {
            this.peer = peer;
        }

        void look() {
            if (held.remove(this)) {
                look.accept(peer);
            }
        }

        void letGo() {
            if (held.remove(this)) {
                peer.close();
            }
        }
    }
}
