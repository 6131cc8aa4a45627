// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.linux.FolderEvents;
import io.waybill.linux.LinuxException;
import io.waybill.observe.AgentThreads;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at all processes when a cgroup comes or goes, for a JVM that may not listen to process events: a runtime makes a
 * cgroup for each container. It moves the process there a little later, so the look is taken again when it is quiet.
 */
final class CgroupTree implements FolderEvents.Events, AutoCloseable {
    /** Beyond these a machine has more cgroups than anyone's user may watch by default. */
    private static final int MOST = 8192;

    private final FolderEvents events;
    private final List<Path> roots;
    private final Runnable scan;
    private final Consumer<String> complaints;
    private final Budget budget;
    private final Pace pace;
    /** The watched folders by their numbers; used in the reading thread only. */
    private final Map<Integer, Path> watched = new HashMap<>();

    private CgroupTree(
            FolderEvents events, List<Path> roots, Runnable scan, Budget budget, Consumer<String> complaints) {
        this.events = events;
        this.roots = roots;
        this.scan = scan;
        this.complaints = complaints;
        this.budget = budget;
        this.pace = new Pace(budget);
    }

    /**
     * Begins to read, in a thread of its own.
     *
     * @param roots where hierarchies are mounted
     * @param scan looks at all processes soon
     * @param budget what reading may take of a core
     */
    static AutoCloseable begin(
            FolderEvents events, List<Path> roots, Runnable scan, Budget budget, Consumer<String> complaints) {
        CgroupTree tree = new CgroupTree(events, roots, scan, budget, complaints);
        roots.forEach(tree::watch);
        if (tree.watched.isEmpty()) {
            events.close();
            return () -> {};
        }
        Thread thread = AgentThreads.of("cgroups", tree::read);
        ReaderThread.start(
                thread, "changes of the cgroup tree", ReaderThread.BY_PERIOD_ONLY, events::close, complaints);
        return tree;
    }

    @Override
    public void made(int watch, String name) {
        guarded(() -> {
            Path parent = watched.get(watch);
            if (parent != null) {
                watchIn(parent, name);
                scan.run();
            }
        });
    }

    @Override
    public void removed(int watch) {
        guarded(() -> {
            watched.remove(watch);
            scan.run();
        });
    }

    /** What was removed meanwhile is not told any more, so all of them are watched anew. */
    @Override
    public void lost() {
        guarded(() -> {
            budget.lost();
            watched.clear();
            roots.forEach(this::watch);
            scan.run();
        });
    }

    @Override
    public void quiet() {
        scan.run();
    }

    @Override
    public void close() {
        pace.end();
        events.close();
    }

    private void read() {
        try {
            events.read(this);
        } catch (LinuxException e) {
            complaints.accept(e.getMessage() + "; " + ReaderThread.BY_PERIOD_ONLY);
        }
    }

    /** Does what follows from an event; what is missed in it the next look at all processes finds. */
    private void guarded(Runnable action) {
        try {
            pace.keep();
            action.run();
        } catch (RuntimeException | Error e) {
            ReaderThread.tell(e, complaints);
        }
    }

    private void watchIn(Path parent, String name) {
        try {
            watch(parent.resolve(name));
        } catch (InvalidPathException e) {
            return; // in this JVM's locale it cannot be written; what is made in it the look of every period finds
        }
    }

    /** Watches a folder and those in it, however deep: whoever may make groups makes them in each other as he likes. */
    private void watch(Path top) {
        Deque<Path> found = new ArrayDeque<>(List.of(top));
        while (!found.isEmpty() && watched.size() < MOST) {
            watch(found.remove(), found);
        }
    }

    /** Watches one folder, and adds those in it; what comes into it meanwhile is either listed or told. */
    private void watch(Path folder, Deque<Path> found) {
        try {
            watched.put(events.add(folder.toString()), folder);
            try (DirectoryStream<Path> inside =
                    Files.newDirectoryStream(folder, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
                for (Path each : inside) {
                    if (found.size() >= MOST) {
                        return;
                    }
                    found.add(each);
                }
            }
        } catch (LinuxException | IOException | java.nio.file.DirectoryIteratorException e) {
            // removed meanwhile, or not to be seen: the look of every period is what is left
            watched.values().remove(folder);
        }
    }
}
