// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.procfs.CgroupLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of one container, by controller.
 *
 * <p>Only a group that is named after the container counts: one that it shares with others, as without a cgroup of its own,
 * would show what all of them use.
 *
 * @param unified that in the hierarchy of version 2; null without
 * @param controllers those in hierarchies of version 1, by controller
 */
record ContainerGroups(@Nullable ControlGroup unified, Map<String, ControlGroup> controllers) {
    /** Copies the map. */
    ContainerGroups {
        controllers = Map.copyOf(controllers);
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
        return isFirst(controller) ? controllers.get(controller) : unified;
    }

    /** Whether version 1 has the controller. */
    boolean isFirst(String controller) {
        return controllers.containsKey(controller);
    }

    /**
     * The path up to the last name that has the container's id in it, since the container may have made groups below.
     *
     * <pre>
     * /system.slice/docker-b6c33be0c584.scope/init.scope
     *                     (1)                (2)
     * (1) the id, with nothing that could belong to an id beside it
     * (2) what is cut off
     * </pre>
     *
     * @return the path, or an empty text if no name has it
     */
    static String groupOf(String path, String containerId) {
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            if (slash < 0) {
                return "";
            }
            if (hasId(unescaped(path.substring(slash + 1, end)), containerId)) {
                return path.substring(0, end);
            }
            end = slash;
        }
        return "";
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
