// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers given before, each guarded by the held process it is about: while that lives, its pid means no other process
 * and its namespace cannot change. No answer has a time limit, and none is given for a process that has ended.
 *
 * <p>Found without a lock, and without memory; kept and dropped under a lock. Who finds while another drops may miss an
 * entry, which costs a look, and never gets a wrong one.
 */
final class ResolutionCache implements AutoCloseable {
    private static final int SMALLEST = 64;

    private final int limit;
    private final KnownNames names;
    /** The next to be let go first, unless it was used; those that were dropped meanwhile are skipped. */
    private final Deque<Remembered> candidates = new ArrayDeque<>();

    private int size;
    private boolean closed;
    /** Chains by pid. */
    private volatile AtomicReferenceArray<@Nullable Remembered> table = new AtomicReferenceArray<>(SMALLEST);

    private volatile @Nullable ProcessEnds ends;

    /**
     * Makes an empty cache.
     *
     * @param limit how many processes are held at most; those that nobody asked for lately are let go first
     * @param names what is known of names, which is part of the answers
     */
    ResolutionCache(int limit, KnownNames names) {
        this.limit = limit;
        this.names = names;
    }

    /** The answer given before, if the process still lives. */
    @Nullable
    Answer get(long pid) {
        Remembered entry = find(pid);
        if (entry == null) {
            return null;
        }
        Answer answer = entry.answer(names);
        if (answer == null) {
            drop(entry);
        }
        return answer;
    }

    /** Keeps an answer, and holds the process from now on. */
    void put(HeldProcess process, Resolution resolution) {
        Remembered entry = new Remembered(process, resolution, names);
        insert(entry);
        ProcessEnds told = ends;
        if (told != null) {
            entry.watch(told); // it is in the table by now, where the end finds it
        }
    }

    /** From now on the kernel tells of the ends of the processes that are kept. */
    void watch(ProcessEnds told) {
        ends = told;
    }

    /** The kernel tells no more, so each process is asked for again. */
    void poll() {
        ends = null;
        entries().forEach(Remembered::poll);
    }

    /** The kernel told of the end of a process with this pid. */
    void ended(long pid) {
        Remembered entry = find(pid);
        if (entry != null && entry.hasEnded()) {
            drop(entry);
        }
    }

    synchronized int size() {
        return size;
    }

    /** Lets go of the processes that have ended. */
    void sweep() {
        for (Remembered entry : entries()) {
            if (!entry.isAlive()) {
                drop(entry);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries().forEach(this::drop);
    }

    private @Nullable Remembered find(long pid) {
        AtomicReferenceArray<@Nullable Remembered> chains = table;
        Remembered entry = chains.get(chain(chains, pid));
        while (entry != null && entry.pid() != pid) {
            entry = entry.next;
        }
        return entry;
    }

    private synchronized List<Remembered> entries() {
        return candidates.stream().filter(entry -> !entry.isLetGo()).toList();
    }

    /** After the end nothing is kept, although the application may still ask. */
    private synchronized void insert(Remembered entry) {
        if (closed) {
            entry.letGo();
            return;
        }
        Remembered before = find(entry.pid());
        if (before != null) {
            drop(before);
        }
        if (size >= table.length()) {
            grow();
        }
        link(table, entry);
        candidates.add(entry);
        size++;
        for (int passed = 0; size > limit; passed++) {
            Remembered candidate = candidates.remove();
            if (!candidate.isLetGo() && candidate.wasUsed() && passed < limit) {
                candidates.add(candidate);
            } else {
                drop(candidate);
            }
        }
    }

    private synchronized void drop(Remembered entry) {
        if (entry.isLetGo()) {
            return;
        }
        AtomicReferenceArray<@Nullable Remembered> chains = table;
        int chain = chain(chains, entry.pid());
        Remembered previous = chains.get(chain);
        if (previous == entry) {
            chains.set(chain, entry.next);
        } else {
            while (previous != null && previous.next != entry) {
                previous = previous.next;
            }
            if (previous != null) {
                previous.next = entry.next;
            }
        }
        size--;
        entry.letGo();
        if (candidates.size() > 2 * size + SMALLEST) {
            candidates.removeIf(Remembered::isLetGo);
        }
    }

    /** In the midst of it a chain may lead into another one, but to an end always. */
    private void grow() {
        AtomicReferenceArray<@Nullable Remembered> larger = new AtomicReferenceArray<>(2 * table.length());
        entries().forEach(entry -> link(larger, entry));
        table = larger;
    }

    private static void link(AtomicReferenceArray<@Nullable Remembered> chains, Remembered entry) {
        int chain = chain(chains, entry.pid());
        entry.next = chains.get(chain);
        chains.set(chain, entry);
    }

    /** The table's length is a power of two, and pids are given one after the other. */
    private static int chain(AtomicReferenceArray<?> chains, long pid) {
        return (int) pid & (chains.length() - 1);
    }
}
