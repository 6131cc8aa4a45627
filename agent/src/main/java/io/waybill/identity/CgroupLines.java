// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.identity.CgroupPath.Told;
import io.waybill.procfs.CgroupLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What all lines of a {@code /proc/PID/cgroup} tell together.
 *
 * <p>Any one of them can be the only one that tells: version 1 may be all {@code /} beside a {@code 0::} with the
 * container, or the reverse, or only {@code name=systemd} may have it.
 *
 * @param best the path that tells most
 * @param remarks where lines contradict each other
 */
record CgroupLines(CgroupPath best, List<String> remarks) {
    /** The copy of the list is the parser's. */
    CgroupLines {
        remarks = List.copyOf(remarks);
    }

    /**
     * Takes the path that tells most, of equals the one with most containers around, then that of version 2, then the
     * one that stands first.
     *
     * @param parser parses a path, and may remember paths it parsed
     */
    static CgroupLines of(List<CgroupLine> lines, Function<String, CgroupPath> parser) {
        Set<String> texts = new LinkedHashSet<>();
        lines.stream().filter(CgroupLine::isUnified).forEach(line -> texts.add(line.path()));
        lines.forEach(line -> texts.add(line.path()));
        List<CgroupPath> paths = new ArrayList<>(texts.size());
        texts.forEach(text -> paths.add(parser.apply(text)));
        CgroupPath best = parser.apply("/");
        for (CgroupPath path : paths) {
            int tells = path.told().compareTo(best.told());
            if (tells > 0 || (tells == 0 && path.around().size() > best.around().size())) {
                best = path;
            }
        }
        return new CgroupLines(best, contradictions(best, paths));
    }

    private static List<String> contradictions(CgroupPath best, List<CgroupPath> paths) {
        if (best.told() != Told.CONTAINER) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        for (CgroupPath path : paths) {
            if (path.told() == Told.CONTAINER && !agree(best, path)) {
                remarks.add("another cgroup line names another container: " + path.boundary());
            }
        }
        return remarks;
    }

    /** The other line agrees if it names the same container, or one around it. */
    private static boolean agree(CgroupPath best, CgroupPath other) {
        String id = idOf(other);
        return id.equals(idOf(best)) || best.around().contains(id);
    }

    private static String idOf(CgroupPath path) {
        return path.match() == null
                ? ""
                : path.match().id() != null
                        ? path.match().id()
                        : String.valueOf(path.match().name());
    }
}
