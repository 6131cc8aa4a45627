// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group as it is mounted. It is kept for as long as its container lives, so the folder is made when it is needed.
 *
 * @param below its own folder below the outermost one, with a slash before it; empty for that itself
 * @param top the folder of the outermost group around it that can be seen from here: where the hierarchy is mounted
 */
record ControlGroup(String below, Path top) {
    /** A container may make groups of its own as deep as it likes; Kubernetes has three around it. */
    static final int LEVELS = 32;

    /** The name is the same in each hierarchy, as a rule, and the path that other parts of the agent know it by. */
    ControlGroup {
        below = below.intern();
    }

    /** Its own folder. */
    Path folder() {
        return below.isEmpty() ? top : top.resolve(below.substring(1));
    }

    /** Its own folder and those of the groups around it, the nearest first. What limits one of them limits it. */
    List<Path> upwards() {
        List<Path> folders = new ArrayList<>();
        Path each = folder();
        while (each != null && each.startsWith(top) && folders.size() < LEVELS) {
            folders.add(each);
            each = each.getParent();
        }
        return folders;
    }

    /** The smallest number that a file has in any of them; null where none has one. */
    @Nullable
    Long smallest(String name) {
        Long smallest = null;
        for (Path each : upwards()) {
            Long number = CgroupFile.number(each, name);
            if (number != null && (smallest == null || number < smallest)) {
                smallest = number;
            }
        }
        return smallest;
    }
}
