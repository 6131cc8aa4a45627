// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.linux.SocketPeer;
import io.waybill.observe.UnixDescriptors;
import io.waybill.resolve.Answers;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The processes at the other ends of Unix-domain sockets. */
final class Peers implements AutoCloseable {
    private final Answers answers;
    private final PidResolver resolver;
    private final UnixDescriptors descriptors;
    private final HeldPeers held;
    private final Consumer<Resolution> observed;

    /**
     * Makes it.
     *
     * @param observed is told of the peers of accepted channels, in the agent's thread
     */
    Peers(
            Answers answers,
            PidResolver resolver,
            UnixDescriptors descriptors,
            AgentThread thread,
            Consumer<Resolution> observed) {
        this.answers = answers;
        this.resolver = resolver;
        this.descriptors = descriptors;
        this.held = new HeldPeers(answers.remember(), thread, this::look);
        this.observed = observed;
    }

    /** The answer for the peer of a channel, in the calling thread. */
    Resolution of(Object channel) {
        OptionalInt descriptor = descriptors.of(channel);
        if (descriptor.isEmpty()) {
            return new Resolution.Unanswered(
                    0, "a " + channel.getClass().getName() + " that is no open Unix-domain channel of a known kind");
        }
        Resolution resolution = answers.peerOf(descriptor.getAsInt(), resolver);
        // the number of a descriptor that was closed meanwhile may mean another socket
        return descriptors.of(channel).equals(descriptor)
                ? resolution
                : new Resolution.Unanswered(0, "the channel was closed during the look");
    }

    /** A channel was accepted; one of another kind is none of ours. The peer is held until the agent's thread looks. */
    void accepted(Object channel) {
        OptionalInt descriptor = descriptors.of(channel);
        if (descriptor.isPresent() && held.hasRoom()) {
            SocketPeer peer = answers.holdPeer(descriptor.getAsInt());
            if (peer != null) {
                held.add(peer);
            }
        }
    }

    @Override
    public void close() {
        held.close();
    }

    private void look(SocketPeer peer) {
        observed.accept(answers.peer(peer, resolver));
    }
}
