// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hierarchies of version 1 that show a container: the same few for all of them.
 *
 * @param controllers the controllers, in the order of the alphabet
 * @param tops where the hierarchy of each is mounted
 */
record Hierarchies(List<String> controllers, List<Path> tops) {
    private static final Map<Hierarchies, Hierarchies> SEEN = new ConcurrentHashMap<>();

    /** No machine mounts them in so many ways. */
    private static final int MOST = 64;

    /** Those of some groups, by controller; the same object for the same ones. */
    static Hierarchies of(SortedMap<String, ControlGroup> groups) {
        Hierarchies hierarchies = new Hierarchies(
                List.copyOf(groups.keySet()),
                groups.values().stream().map(ControlGroup::top).toList());
        if (SEEN.size() >= MOST) {
            SEEN.clear();
        }
        return SEEN.computeIfAbsent(hierarchies, same -> same);
    }
}
