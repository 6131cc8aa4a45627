// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Identity;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.NamespaceAnswer;
import io.waybill.namespace.NamespaceResolver;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole way: from a pid to its namespace, init and container, remembered for as long as the process lives. */
public final class ContainerResolver implements PidResolver, AutoCloseable {
    private static final Identity HIDDEN =
            new NoContainer(NoContainer.Reason.REFUSED, "the procfs mount hides other users' processes (hidepid)", "");

    private final NamespaceResolver namespaces;
    private final ContainerIdentities identities;
    private final ProcessReader processes;
    private final KnownNames names;
    private final ResolutionCache cache;
    private final ResolverCounters counters = new ResolverCounters();
    private final Youth youth;
    private final Naming naming;

    /**
     * Makes one that answers in the calling thread.
     *
     * @param heldProcesses how many processes are remembered at most, one descriptor each
     */
    public ContainerResolver(
            NamespaceResolver namespaces,
            ContainerIdentities identities,
            ProcessReader processes,
            int heldProcesses,
            Clock clock) {
        this.namespaces = namespaces;
        this.identities = identities;
        this.processes = processes;
        this.names = new KnownNames(processes::startTicks, System::nanoTime);
        this.cache = new ResolutionCache(heldProcesses, names);
        this.youth = new Youth(processes, clock);
        this.naming = new Naming(identities, names, youth);
    }

    @Override
    public Resolution resolve(long pid) {
        return answer(pid).resolution();
    }

    /**
     * Resolves a pid, and tells whether the answer was remembered.
     *
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    public Answer answer(long pid) {
        if (pid < 0) {
            throw new IllegalArgumentException("pid " + pid + ": a process id is 0 or more");
        }
        Answer remembered = cache.get(pid);
        Answer answer = remembered == null ? new Answer(names.applyTo(look(pid)), false) : remembered;
        counters.count(answer);
        return answer;
    }

    /** The answer that was given before, if it still holds; null if there is none. */
    public @Nullable Resolution remembered(long pid) {
        Answer answer = cache.get(pid);
        if (answer == null) {
            return null;
        }
        counters.count(answer);
        return answer.resolution();
    }

    /** The answer with its container's names, read from what runtimes wrote down. For the agent's thread only. */
    public Resolution named(Resolution resolution) {
        return naming.named(resolution);
    }

    /** Those of some answers whose containers could not be read about, where it is time to read again. Each time is told once. */
    public Stream<Resolution> owed(Stream<Resolution> answers) {
        Set<KnownNames.Key> owed = names.takeOwed();
        return owed.isEmpty()
                ? Stream.empty()
                : answers.filter(answer ->
                        KnownNames.keyOf(answer).filter(owed::contains).isPresent());
    }

    /** Drops what was known of the names of a container, or of a namespace without one, that ended. */
    public void forget(Identity identity, @Nullable NamespaceId namespace) {
        names.forget(identity, namespace);
    }

    /** The answer with the container's names, if they were read before. Looks at nothing. */
    public Resolution withKnownName(Resolution resolution) {
        return names.applyTo(resolution);
    }

    /** Another number after each change of what is known of names. */
    public int namesVersion() {
        return names.version();
    }

    /** What was answered so far. */
    public ResolverCounters counters() {
        return counters;
    }

    /**
     * From now on the kernel tells of the ends of remembered processes, so that it need not be asked for each answer.
     *
     * @param ends is read in a thread of its own, which calls {@link #ended}
     */
    public void watch(ProcessEnds ends) {
        cache.watch(ends);
    }

    /** From now on each answer asks again whether its process lives. */
    public void poll() {
        cache.poll();
    }

    /** The kernel told of the end of a process. */
    public void ended(long pid) {
        cache.ended(pid);
    }

    /** A process executed a program: that gives it another command, and can give or take the right to see its namespace. */
    public void executed(long pid) {
        cache.forget(pid);
    }

    /** How many processes are remembered now. */
    public int remembered() {
        return cache.size();
    }

    /** Forgets the processes that have ended, which frees their descriptors. */
    public void sweep() {
        cache.sweep();
    }

    @Override
    public void close() {
        cache.close();
    }

    private Resolution look(long pid) {
        NamespaceResolver.Hold hold = namespaces.hold(pid);
        if (hold instanceof NamespaceResolver.Hold.Answered answered) {
            return withoutProcess(pid, answered.answer());
        }
        HeldProcess process = ((NamespaceResolver.Hold.Held) hold).process();
        boolean kept = false;
        try {
            Resolution resolution = processes.unlessShort(() -> look(process));
            kept = isSettled(resolution) && cache.put(process, resolution);
            return resolution;
        } finally {
            if (!kept) {
                process.close();
            }
        }
    }

    private Resolution look(HeldProcess process) {
        NamespaceAnswer namespace = namespaces.resolve(process);
        if (!(namespace instanceof NamespaceAnswer.In) && !(namespace instanceof NamespaceAnswer.Refused)) {
            return withoutProcess(process.pid(), namespace);
        }
        Identity identity = identities.identify(process.pid());
        Optional<ObservedProcess> observed = processes.read(process.pid());
        // what was read since is about this process only if it still lives
        if (!process.isAlive()) {
            return new Resolution.Gone(process.pid(), process.pid() + " ended during the look", null);
        }
        if (identity instanceof NoContainer none && none.reason() == NoContainer.Reason.GONE) {
            if (observed.isPresent()) {
                return new Resolution.Gone(process.pid(), process.pid() + " is ending", null);
            }
            identity = HIDDEN;
        }
        ObservedProcess seen = observed.orElseGet(() -> new ObservedProcess(process.pid(), 0, 0, "", null));
        if (namespace instanceof NamespaceAnswer.In in) {
            return new Resolution.Resolved(seen, in.namespace(), in.init(), identity);
        }
        return new Resolution.Refused(seen, ((NamespaceAnswer.Refused) namespace).reason(), identity);
    }

    /** Whether an answer holds for as long as the process lives. */
    public boolean isSettled(Resolution resolution) {
        return youth.isOver(resolution);
    }

    /** Whether the init of its namespace still is a runtime, about to make a container, so that there is none yet. */
    public boolean isBeingMade(Resolution resolution) {
        return youth.isBeingMade(resolution);
    }

    private static Resolution withoutProcess(long pid, NamespaceAnswer answer) {
        if (answer instanceof NamespaceAnswer.Gone gone) {
            return new Resolution.Gone(pid, gone.reason(), null);
        }
        if (answer instanceof NamespaceAnswer.NotVisible notVisible) {
            return new Resolution.NotVisible(pid, notVisible.reason());
        }
        if (answer instanceof NamespaceAnswer.Refused refused) {
            return new Resolution.Unanswered(pid, refused.reason());
        }
        return new Resolution.Unanswered(pid, ((NamespaceAnswer.Exhausted) answer).reason());
    }
}
