// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.identity.CgroupRule.Kind;
import io.waybill.identity.CgroupRule.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one cgroup path tells.
 *
 * <pre>
 * /docker/0f1b/kubelet/kubepods/burstable/pod1111-22/84425c/init.scope
 *         (1)                                (2)     (3)
 * (1) a container around it
 * (2) the pod
 * (3) the container: the innermost segment that a rule knows; what is below it was made inside
 * </pre>
 *
 * @param text the path as it was read
 * @param told the kind of what it tells
 * @param match what told it, for a container or a helper of one; otherwise null
 * @param pod the UID of the pod that the container is in, with dashes; null outside pods
 * @param boundary the path as far as the container's own segment; the whole path if there is none
 * @param around the containers around it, as far as they have an id or a name, the nearest first
 * @param detail for a reader: the systemd unit, or what is unknown about it; empty for a container
 */
record CgroupPath(
        String text,
        Told told,
        @Nullable Match match,
        @Nullable String pod,
        String boundary,
        List<String> around,
        String detail) {
    /** What paths tell, the least first. */
    enum Told {
        /** Nothing: it is the root, or what is above the root of the reader's cgroup namespace. */
        ROOT,
        /** A place of the host: a unit of systemd, a monitor. */
        HOST,
        /** A name that no rule knows. */
        UNKNOWN,
        /** There is a container, whose name has to come from elsewhere. */
        NAMELESS,
        /** A container and its id. */
        CONTAINER
    }

    /** The kernel's PATH_MAX, which it never exceeds when it prints a path. */
    private static final int LONGEST = 4096;

    /** The kernel's NAME_MAX. */
    private static final int LONGEST_SEGMENT = 255;

    private static final Pattern POD = Pattern.compile("pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_]"
            + "[0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\\.slice)?");

    /** {@code machine-libpod_pod_<id>.slice} and the parent that Podman makes without systemd. */
    private static final Pattern PODMAN_POD = Pattern.compile("[a-z]{1,20}-libpod_pod_([0-9a-f]{64})\\.slice");

    /** The copy of the list is the parser's. */
    CgroupPath {
        around = List.copyOf(around);
    }

    /** Never throws, whatever the path. */
    static CgroupPath parse(String path) {
        if (path.length() > LONGEST) {
            return new CgroupPath(
                    path.substring(0, LONGEST),
                    Told.UNKNOWN,
                    null,
                    null,
                    path.substring(0, LONGEST),
                    List.of(),
                    "longer than any path the kernel prints");
        }
        Segments segments = Segments.of(path);
        if (segments.names().isEmpty()) {
            return new CgroupPath(path, Told.ROOT, null, null, path, List.of(), "root cgroup");
        }
        Optional<Match> told = innermost(segments.names());
        return told.isPresent() ? matched(path, segments, told.get()) : unmatched(path, segments.names());
    }

    /**
     * The innermost segment that a rule knows. What is a place of the host elsewhere is none in a container: a service of
     * OpenRC's in one of LXC, the monitor of Podman in one of Docker.
     */
    private static Optional<Match> innermost(List<String> names) {
        Optional<Match> host = Optional.empty();
        for (int i = names.size() - 1; i >= 0; i--) {
            Optional<Match> match = match(names, i);
            if (match.isPresent() && match.get().rule().kind() != Kind.HOST) {
                return match;
            }
            if (match.isPresent()) {
                host = host.isPresent() ? host : match;
                i -= match.get().rule().parts().size() - 1;
            }
        }
        return host;
    }

    private static Optional<Match> match(List<String> names, int index) {
        if (names.get(index).length() > LONGEST_SEGMENT) {
            return Optional.empty();
        }
        for (CgroupRule rule : CgroupRules.ALL) {
            Optional<Match> match = rule.match(names, index);
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    private static CgroupPath matched(String path, Segments segments, Match match) {
        String boundary = path.substring(0, segments.ends().get(match.index()));
        if (match.rule().kind() == Kind.HOST) {
            String unit = segments.names().get(match.index());
            return new CgroupPath(
                    path, Told.HOST, match, null, path, List.of(), match.rule().name() + " " + unit);
        }
        String pod = null;
        List<String> around = new ArrayList<>();
        int inner = match.index() - match.rule().parts().size() + 1;
        for (int i = match.index() - 1; i >= 0; i--) {
            Optional<String> ofPod =
                    pod == null && around.isEmpty() ? podOf(segments.names(), i) : Optional.<String>empty();
            Optional<Match> outer = i < inner && ofPod.isEmpty() ? match(segments.names(), i) : Optional.<Match>empty();
            if (outer.isPresent() && outer.get().rule().kind() == Kind.CONTAINER) {
                around.add(idOrName(outer.get()));
                inner = i - outer.get().rule().parts().size() + 1;
            } else if (ofPod.isPresent()) {
                pod = ofPod.get();
            }
        }
        Told told = match.rule().kind() == Kind.CONTAINER ? Told.CONTAINER : Told.NAMELESS;
        String detail = told == Told.CONTAINER ? "" : "a container without a name";
        return new CgroupPath(path, told, match, pod, boundary, around, detail);
    }

    private static String idOrName(Match match) {
        return match.id() != null ? match.id() : String.valueOf(match.name());
    }

    private static CgroupPath unmatched(String path, List<String> names) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (UnitName.isUnit(names.get(i))) {
                return new CgroupPath(
                        path,
                        Told.HOST,
                        null,
                        null,
                        path,
                        List.of(),
                        "systemd unit " + UnitName.unescape(names.get(i)));
            }
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            if (UnitName.isSlice(names.get(i))) {
                return podOf(names, i).isPresent()
                        ? unknown(path, "a pod, but no container in it")
                        : new CgroupPath(path, Told.HOST, null, null, path, List.of(), "systemd slice " + names.get(i));
            }
        }
        return unknown(path, "no rule knows it");
    }

    private static CgroupPath unknown(String path, String detail) {
        return new CgroupPath(path, Told.UNKNOWN, null, null, path, List.of(), detail);
    }

    private static Optional<String> podOf(List<String> names, int index) {
        String name = names.get(index);
        int start = name.lastIndexOf("pod");
        if (start >= 0 && name.length() <= LONGEST_SEGMENT) {
            Matcher kubernetes = POD.matcher(name).region(start, name.length());
            if (kubernetes.matches()) {
                return Optional.of(kubernetes.group(1).replace('_', '-'));
            }
            Matcher podman = PODMAN_POD.matcher(name);
            if (podman.matches()) {
                return Optional.of(podman.group(1));
            }
        }
        boolean ofPodman = index > 0 && names.get(index - 1).equals("libpod_parent") && name.length() == 64;
        return ofPodman ? Optional.of(name) : Optional.empty();
    }

    /** What it tells of the containers around, without the innermost one and what is below that. */
    CgroupPath outer() {
        return parse(boundary.substring(0, Math.max(0, boundary.lastIndexOf('/'))));
    }

    /** The last segment, which may be the free-text name of a container of runc, crun or containerd. */
    String lastSegment() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /**
     * A path's segments without {@code ..}, and where each ends.
     *
     * <p>{@code kubepods-pod1111.slice:cri-containerd:84425c}, which containerd makes of a path meant for systemd when
     * runc's own driver is the other one, counts as the two segments that systemd would have made.
     */
    private record Segments(List<String> names, List<Integer> ends) {
        static Segments of(String path) {
            List<String> names = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            int start = 0;
            while (start <= path.length()) {
                int slash = path.indexOf('/', start);
                int end = slash < 0 ? path.length() : slash;
                String name = path.substring(start, end);
                String[] triple = name.indexOf(':') < 0 ? new String[0] : name.split(":", 4);
                if (triple.length == 3 && UnitName.isSlice(triple[0])) {
                    names.add(triple[0]);
                    names.add(triple[1] + "-" + triple[2] + ".scope");
                    ends.add(end);
                    ends.add(end);
                } else if (!name.isEmpty() && !name.equals("..")) {
                    names.add(name);
                    ends.add(end);
                }
                start = end + 1;
            }
            return new Segments(names, ends);
        }
    }
}
