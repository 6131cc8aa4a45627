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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers given before, each guarded by the held process it is about: while that lives, its pid means no other process
 * and its namespace cannot change. No answer has a time limit but a refusal, and none is given for a process that has
 * ended.
 *
 * <p>Found without a lock, and without memory; kept and dropped under a lock. Who finds while another drops may miss an
 * entry, which costs a look, and never gets a wrong one. For the lock only the agent's own threads wait: where it is taken,
 * what an application's thread wants to keep is not kept, and what it found to have ended is left to the next look.
 */
final class ResolutionCache implements AutoCloseable {
    private static final int SMALLEST = 64;

    private final int limit;
    private final KnownNames names;
    /** The next to be let go first, unless it was used; those that were dropped meanwhile are skipped. */
    private final Deque<Remembered> candidates = new ArrayDeque<>();

    private final ReentrantLock lock = new ReentrantLock();

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

    /** The answer given before, if the process still lives and no refusal is to be asked about again. */
    @Nullable
    Answer get(long pid) {
        Remembered entry = find(pid);
        if (entry == null) {
            return null;
        }
        Answer answer = entry.answer(names, ends);
        if (answer == null && lock.tryLock()) {
            try {
                drop(entry);
            } finally {
                lock.unlock();
            }
        }
        return answer;
    }

    /**
     * Keeps an answer, and holds the process from now on.
     *
     * @return whether it does; if not, the process is still the caller's
     */
    boolean put(HeldProcess process, Resolution resolution) {
        if (!lock.tryLock()) {
            return false;
        }
        Remembered entry;
        try {
            if (closed) {
                return false; // the application may still ask after the end
            }
            entry = new Remembered(process, resolution, names);
            insert(entry);
        } finally {
            lock.unlock();
        }
        ProcessEnds told = ends;
        if (told != null) {
            entry.watch(told); // it is in the table by now, where the end finds it
        }
        return true;
    }

    /** From now on the kernel tells of the ends of the processes that are kept. */
    void watch(ProcessEnds told) {
        ends = told;
    }

    /** The kernel tells no more, so each process is asked for again. Needs no memory. */
    void poll() {
        ends = null;
    }

    /** The kernel told of the end of a process with this pid. */
    void ended(long pid) {
        try {
            Remembered entry = find(pid);
            if (entry != null && entry.hasEnded()) {
                locked(() -> drop(entry));
            }
        } catch (RuntimeException | Error e) {
            poll(); // an end is told once, and this one may not have been taken in
            throw e;
        }
    }

    /** What the answer tells of a process has changed, so it is looked at again. */
    void forget(long pid) {
        Remembered entry = find(pid);
        if (entry != null) {
            locked(() -> drop(entry));
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the processes that have ended. */
    void sweep() {
        for (Remembered entry : entries()) {
            if (!entry.isAlive(ends)) {
                locked(() -> drop(entry));
            }
        }
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            living().forEach(this::drop);
        });
    }

    private @Nullable Remembered find(long pid) {
        AtomicReferenceArray<@Nullable Remembered> chains = table;
        Remembered entry = chains.get(chain(chains, pid));
        while (entry != null && entry.pid() != pid) {
            entry = entry.next;
        }
        return entry;
    }

    private List<Remembered> entries() {
        lock.lock();
        try {
            return living();
        } finally {
            lock.unlock();
        }
    }

    /** Does something under the lock, for which it waits; in the agent's threads only. */
    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private List<Remembered> living() {
        return candidates.stream().filter(entry -> !entry.isLetGo()).toList();
    }

    /** Under the lock. */
    private void insert(Remembered entry) {
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

    /** Under the lock. */
    private void drop(Remembered entry) {
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
        living().forEach(entry -> link(larger, entry));
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
