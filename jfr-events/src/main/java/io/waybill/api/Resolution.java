// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer for one pid. */
public sealed interface Resolution {
    /** The process id that was asked for, as this JVM sees it. */
    long pid();

    /** The kind of answer. */
    Outcome outcome();

    /** Why there is no better answer, for a reader; empty if there is none to be had. */
    String reason();

    /** The container that the process belongs to; empty where it belongs to none that can be named. */
    default Optional<ContainerIdentity> container() {
        return Optional.empty();
    }

    /** The kinds of answers. */
    enum Outcome {
        /** The process belongs to a container. */
        CONTAINER("container"),
        /** It is in a pid namespace of its own, but in no container that can be named. */
        NAMESPACE("namespace"),
        /** It is in the pid namespace of this JVM, and in no container that can be named. */
        OWN("own namespace"),
        /** No pid of this JVM's namespace stands for it. */
        NOT_VISIBLE("not visible"),
        /** The kernel refused its namespace; what is known otherwise is in the answer. */
        REFUSED("refused"),
        /** It ended before it could be looked at, or during the look. */
        GONE("gone"),
        /** Nobody could look: no agent, or this JVM is out of descriptors. */
        UNANSWERED("unanswered");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** The name that events, tables and messages use. */
        public String text() {
            return text;
        }
    }

    /**
     * A process whose pid namespace is known. The answer was true while the process lived, and holds as long as it does:
     * a process never changes its own pid namespace.
     *
     * @param process the process
     * @param namespace the innermost pid namespace it is in
     * @param init the init of that namespace
     * @param identity its container, which need not be that of the init
     */
    record Resolved(ObservedProcess process, PidNamespace namespace, Init init, Identity identity)
            implements Resolution {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public Outcome outcome() {
            if (identity instanceof ContainerIdentity) {
                return Outcome.CONTAINER;
            }
            return namespace.isOwn() ? Outcome.OWN : Outcome.NAMESPACE;
        }

        /** Why the namespace's init is not known, and why no container is named; empty if both are. */
        @Override
        public String reason() {
            String container = identity instanceof NoContainer none ? none.explanation() : "";
            String separator = init.reason().isEmpty() || container.isEmpty() ? "" : "; ";
            return init.reason() + separator + container;
        }

        @Override
        public Optional<ContainerIdentity> container() {
            return identity.container();
        }
    }

    /**
     * A process whose pid namespace the kernel refuses to show, usually for want of the right to ptrace it.
     *
     * @param process the process
     * @param reason the refused call with its errno, and the right that is missing
     * @param identity its container, which needs no such right
     */
    record Refused(ObservedProcess process, String reason, Identity identity) implements Resolution {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public Optional<ContainerIdentity> container() {
            return identity.container();
        }

        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }
    }

    /**
     * A process that ended.
     *
     * @param pid the process id that was asked for
     * @param reason which look found it gone
     * @param bornIn the namespace it was born in, known for a child of this JVM; otherwise null
     */
    record Gone(long pid, String reason, @Nullable PidNamespace bornIn) implements Resolution {
        @Override
        public Outcome outcome() {
            return Outcome.GONE;
        }
    }

    /**
     * A process that has no pid in the namespace of this JVM. The kernel gives 0 for it, for instance as a socket's peer.
     *
     * @param pid the process id that was asked for
     * @param reason how that is known
     */
    record NotVisible(long pid, String reason) implements Resolution {
        @Override
        public Outcome outcome() {
            return Outcome.NOT_VISIBLE;
        }
    }

    /**
     * Nobody could look.
     *
     * @param pid the process id that was asked for
     * @param reason what is missing, with the errno if there is one
     */
    record Unanswered(long pid, String reason) implements Resolution {
        @Override
        public Outcome outcome() {
            return Outcome.UNANSWERED;
        }
    }
}
