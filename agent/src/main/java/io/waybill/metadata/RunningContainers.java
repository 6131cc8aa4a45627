// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The containers that run by what the low-level runtimes keep, for those that neither a cgroup path nor a mount names.
 *
 * <p>Each container's file is read once; a folder whose listing did not change is not read again. For one thread.
 */
final class RunningContainers {
    /** A bound on what one look costs, far above what one machine runs. */
    private static final int MOST = 4096;

    private static final int MOST_NAMES = 64;

    /** What one look reads at most of what a user wrote, who may write as much as he likes; about 100 containers of runc's. */
    private static final long MOST_OF_A_USER = 8 << 20;

    /** What a file counts for at least, whatever is in it. */
    private static final int SHORTEST = 4096;

    private static final int MOST_REASONS = 4;

    /** How long a file that could not be read is left alone. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(2);

    private final Path hostRoot;
    private final LongSupplier nanoTime;
    private final Map<StateFolder, Known> known = new HashMap<>();
    private List<ContainerRecord> all = List.of();
    private List<String> unreadable = List.of();

    /**
     * What was read of a folder.
     *
     * @param unread why containers are missing whose file is there
     * @param read when it was read, by the clock that was given
     */
    private record Known(
            Map<String, Object> stamps, Map<String, ContainerRecord> containers, List<String> unread, long read) {}

    RunningContainers(Path hostRoot) {
        this(hostRoot, System::nanoTime);
    }

    RunningContainers(Path hostRoot, LongSupplier nanoTime) {
        this.hostRoot = hostRoot;
        this.nanoTime = nanoTime;
    }

    /** Those there are now; the same list as before if nothing changed, or nothing can be listed. */
    List<ContainerRecord> all() {
        try {
            return look();
        } catch (UncheckedIOException e) {
            unreadable = List.of(String.valueOf(e.getMessage()));
            return all;
        }
    }

    private List<ContainerRecord> look() {
        boolean changed = false;
        List<String> refused = new ArrayList<>();
        List<OciRuntime> runtimes = runtimes();
        for (OciRuntime runtime : runtimes) {
            if (runtime.folder().lacking() instanceof Lookup.Unreadable reason) {
                refused.add(reason.reason());
            }
            try {
                changed |= look(runtime);
            } catch (UncheckedIOException e) {
                refused.add(String.valueOf(e.getMessage())); // what was there may still be
            }
            Known now = known.get(runtime.folder());
            if (now != null && runtime.user() == Wanted.NO_USER) {
                refused.addAll(now.unread()); // a user could have anything there
            }
        }
        changed |= known.keySet()
                .retainAll(runtimes.stream().map(OciRuntime::folder).toList());
        unreadable = refused;
        if (changed) {
            all = known.values().stream()
                    .flatMap(each -> each.containers().values().stream())
                    .limit(MOST)
                    .toList();
        }
        return all;
    }

    /** Looks at a folder; whether its containers are others now. */
    private boolean look(OciRuntime runtime) {
        Map<String, Object> stamps = runtime.folder().stamps();
        Known before = known.get(runtime.folder());
        boolean same = before == null ? stamps.isEmpty() : before.stamps().equals(stamps);
        if (same && (before == null || !isDue(before))) {
            return false;
        }
        Known now = read(runtime, stamps, before);
        known.put(runtime.folder(), now);
        return !same || before == null || !before.containers().equals(now.containers());
    }

    /** The folders and files that the last look could not read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** Whether some of it could not be read, and it is time to try again. */
    private boolean isDue(Known before) {
        return !before.unread().isEmpty() && nanoTime.getAsLong() - before.read() > AGAIN;
    }

    private Known read(OciRuntime runtime, Map<String, Object> stamps, @Nullable Known before) {
        Map<String, ContainerRecord> containers = new HashMap<>();
        List<String> unread = new ArrayList<>();
        long left = runtime.user() == Wanted.NO_USER ? Long.MAX_VALUE : MOST_OF_A_USER;
        for (Map.Entry<String, Object> each : stamps.entrySet()) {
            String id = each.getKey();
            ContainerRecord same =
                    before != null && each.getValue().equals(before.stamps().get(id))
                            ? before.containers().get(id)
                            : null;
            if (same != null) {
                containers.put(id, same);
            } else if (containers.size() < MOST && left > 0) {
                StateText file = runtime.folder().read(id, runtime.file());
                left -= Math.max(SHORTEST, file.textOrEmpty().length());
                if (file instanceof StateText.Text text) {
                    containers.put(id, runtime.record(id, text));
                } else if (file instanceof StateText.Unreadable unreadable && unread.size() < MOST_REASONS) {
                    unread.add(unreadable.reason());
                }
            }
        }
        return new Known(stamps, containers, unread, nanoTime.getAsLong());
    }

    private List<OciRuntime> runtimes() {
        List<OciRuntime> runtimes = new ArrayList<>();
        Path run = hostRoot.resolve("run");
        runtimes.add(OciRuntime.runc(run.resolve("runc")));
        runtimes.add(OciRuntime.crun(run.resolve("crun")));
        for (String user : names(run.resolve("user"))) {
            Path own = run.resolve("user").resolve(user);
            List<OciRuntime> his = new ArrayList<>();
            his.add(OciRuntime.runc(own.resolve("runc")));
            his.add(OciRuntime.crun(own.resolve("crun")));
            try {
                addManaged(his, own);
            } catch (UncheckedIOException e) {
                his = his.subList(0, 2); // he chooses what can be listed there
            }
            his.forEach(each -> runtimes.add(each.ofUser(Keys.number(user))));
        }
        addManaged(runtimes, run);
        return runtimes;
    }

    /** Docker and containerd have runc keep its containers in a folder for each of their namespaces. */
    private static void addManaged(List<OciRuntime> runtimes, Path run) {
        Path docker = run.resolve("docker").resolve("runtime-runc");
        names(docker).forEach(name -> runtimes.add(OciRuntime.runcOf(ContainerRuntime.DOCKER, docker.resolve(name))));
        Path containerd = run.resolve("containerd").resolve("runc");
        names(containerd)
                .forEach(
                        name -> runtimes.add(OciRuntime.runcOf(ContainerRuntime.CONTAINERD, containerd.resolve(name))));
    }

    private static List<String> names(Path folder) {
        return new StateFolder(folder).list().stream().limit(MOST_NAMES).toList();
    }
}
