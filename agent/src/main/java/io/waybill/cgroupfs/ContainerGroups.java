// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.procfs.CgroupLine;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of one container, by controller.
 *
 * <p>Only a group that is named after the container counts: one that it shares with others, as without a cgroup of its own,
 * would show what all of them use.
 *
 * <p>They are kept for as long as the container lives, a dozen on a machine with version 1, and look alike in each
 * hierarchy and for each container: what is the same is kept once.
 */
final class ContainerGroups {
    /** Digits of the shortest id that a runtime makes up. */
    private static final int MADE = 32;

    private final @Nullable ControlGroup unified;
    private final Hierarchies hierarchies;
    private final List<String> below;

    /**
     * Puts them together.
     *
     * @param unified that in the hierarchy of version 2; null without
     * @param controllers those in hierarchies of version 1, by controller
     */
    ContainerGroups(@Nullable ControlGroup unified, Map<String, ControlGroup> controllers) {
        this.unified = unified;
        SortedMap<String, ControlGroup> sorted = new TreeMap<>(controllers);
        this.hierarchies = Hierarchies.of(sorted);
        List<String> names = sorted.values().stream().map(ControlGroup::below).toList();
        boolean alike = new HashSet<>(names).size() == 1;
        this.below = alike ? Collections.nCopies(names.size(), names.get(0)) : names;
    }

    /** That in the hierarchy of version 2; null without. */
    @Nullable
    ControlGroup unified() {
        return unified;
    }

    /**
     * Finds them.
     *
     * @param lines where one of the container's processes is
     * @param containerId the id, or the name where the runtime knows its containers by name
     * @return none if no group is named after it
     */
    static Optional<ContainerGroups> find(CgroupMounts mounts, List<CgroupLine> lines, String containerId) {
        ControlGroup unified = null;
        Map<String, ControlGroup> controllers = new HashMap<>();
        for (CgroupLine line : lines) {
            String path = groupOf(line.path(), containerId);
            ControlGroup group =
                    path.isEmpty() ? null : mounts.group(line, path).orElse(null);
            if (group != null && line.isUnified()) {
                unified = group;
            } else if (group != null) {
                for (String controller : line.controllers().split(",", -1)) {
                    controllers.put(controller, group);
                }
            }
        }
        return unified == null && controllers.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContainerGroups(unified, controllers));
    }

    /** The group of a controller: in version 1 where that has it, otherwise in version 2; null for nowhere. */
    @Nullable
    ControlGroup of(String controller) {
        int index = hierarchies.controllers().indexOf(controller);
        return index < 0
                ? unified
                : new ControlGroup(below.get(index), hierarchies.tops().get(index));
    }

    /** Whether version 1 has the controller. */
    boolean isFirst(String controller) {
        return hierarchies.controllers().contains(controller);
    }

    /**
     * The path up to the name that has the container's id in it, since the container may have made groups below.
     *
     * <pre>
     * /system.slice/docker-b6c33be0c584.scope/init.scope
     *                     (1)                (2)
     * (1) the id, with nothing that could belong to an id beside it
     * (2) what is cut off
     * </pre>
     *
     * <p>Of several such names it is the first, for groups that the container calls like itself have a part of what it uses.
     * A name that people chose may be that of a slice or a service above, too; there it is the last.
     *
     * @return the path, or an empty text if no name has it
     */
    static String groupOf(String path, String containerId) {
        boolean first = isMade(containerId);
        String group = "";
        for (int slash = path.indexOf('/'); slash >= 0 && !(first && !group.isEmpty()); ) {
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            if (hasId(unescaped(path.substring(slash + 1, end)), containerId)) {
                group = path.substring(0, end);
            }
            slash = next;
        }
        return group;
    }

    /** Whether no people chose it: a digest, or a UUID. */
    private static boolean isMade(String id) {
        return id.length() >= MADE && id.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }

    private static boolean hasId(String name, String id) {
        for (int at = name.indexOf(id); at >= 0 && !id.isEmpty(); at = name.indexOf(id, at + 1)) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
            int end = at + id.length();
            if (begins && (end == name.length() || !Character.isLetterOrDigit(name.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    /** In the name of a scope, systemd writes a hyphen of a machine's name as {@code \x2d}. */
    private static String unescaped(String name) {
        return name.replace("\\x2d", "-");
    }
}
