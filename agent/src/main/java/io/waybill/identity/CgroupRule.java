// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A layout: what the segment of a cgroup path looks like that stands for a container, and what stands above it.
 *
 * <pre>
 * ecs/{any}/{ecs}
 * (1)  (2)   (3)
 * (1) two segments above, to the letter
 * (2) one segment above, any
 * (3) the segment itself; a word in braces is one of {@link #PLACEHOLDERS}
 * </pre>
 *
 * @param name the rule's name in provenances; stable
 * @param kind what the segment tells
 * @param runtime what makes such segments
 * @param sandbox whether it can only be the sandbox of a pod
 * @param parts the patterns of consecutive segments, that of the segment itself last
 */
record CgroupRule(String name, Kind kind, ContainerRuntime runtime, boolean sandbox, List<Part> parts) {
    /** What a segment tells of the processes at and below it. */
    enum Kind {
        /** They are in a container that the segment names. */
        CONTAINER,
        /** They are in a container, but its name has to come from elsewhere. */
        NAMELESS,
        /** They belong to the host: the helper of one container, a virtual machine, a service. */
        HOST
    }

    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    /** A static pod's UID is the hash of its file, without dashes; systemd slices have "_" for them. */
    private static final String POD_UID =
            "[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32}";

    /** Every one is bounded by a segment's 255 characters and has no repetition inside a repetition. */
    private static final Map<String, String> PLACEHOLDERS = Map.ofEntries(
            Map.entry("id", "(?<id>[0-9a-f]{64})"),
            Map.entry("ecs", "(?<id>[0-9a-f]{32}-[0-9]{1,20})"),
            Map.entry("uuid", "(?<id>" + UUID + ")"),
            // an allocation of Nomad's, of which each task is a container
            Map.entry("task", "(?<id>" + UUID + "\\.(?<name>.+))"),
            Map.entry("handle", "(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3,4}(?:[0-9a-f]{8})?)"),
            Map.entry("build", "(?<id>[0-9a-z]{25})"),
            Map.entry("number", "(?<id>[0-9]{1,20})"),
            Map.entry("digits", "[0-9]{1,20}"),
            Map.entry("name", "(?<name>.+)"),
            Map.entry("any", ".+"),
            Map.entry("hex", "[0-9a-f]{64}"),
            Map.entry("pod", "(?:[0-9A-Za-z.\\-]*kubepods[0-9A-Za-z.\\-]*-)?pod(?:" + POD_UID + ")(?:\\.slice)?"));

    /**
     * The pattern of one segment.
     *
     * @param start what it starts with, to be quick with those that do not
     * @param pattern the whole segment; null if it is {@code start} to the letter
     */
    record Part(String start, @Nullable Pattern pattern) {
        private static Part parse(String template) {
            int brace = template.indexOf('{');
            if (brace < 0) {
                return new Part(template, null);
            }
            StringBuilder regex = new StringBuilder();
            int done = 0;
            for (int open = brace; open >= 0; open = template.indexOf('{', done)) {
                int close = template.indexOf('}', open);
                String placeholder = PLACEHOLDERS.get(template.substring(open + 1, close));
                if (placeholder == null) {
                    throw new IllegalArgumentException(template + ": no placeholder " + template.substring(open));
                }
                regex.append(Pattern.quote(template.substring(done, open))).append(placeholder);
                done = close + 1;
            }
            regex.append(Pattern.quote(template.substring(done)));
            return new Part(template.substring(0, brace), Pattern.compile(regex.toString()));
        }
    }

    /**
     * A segment that a rule matched.
     *
     * @param rule the rule
     * @param index the segment's place in the path
     * @param id what stood for {@code {id}} or its like; null if the rule has none
     * @param name what stood for {@code {name}}, without systemd's escapes; null if the rule has none
     */
    record Match(
            CgroupRule rule,
            int index,
            @Nullable String id,
            @Nullable String name) {}

    /** The copy of the list is the parsed template's. */
    CgroupRule {
        parts = List.copyOf(parts);
    }

    static CgroupRule of(String name, Kind kind, ContainerRuntime runtime, String template) {
        List<Part> parts = new ArrayList<>();
        for (String part : template.split("/", -1)) {
            parts.add(Part.parse(part));
        }
        return new CgroupRule(name, kind, runtime, false, parts);
    }

    CgroupRule ofSandbox() {
        return new CgroupRule(name, kind, runtime, true, parts);
    }

    /** Matches the segment at {@code index}, and those above it where the rule asks for them. */
    Optional<Match> match(List<String> segments, int index) {
        if (!segments.get(index).startsWith(parts.get(parts.size() - 1).start()) || parts.size() > index + 1) {
            return Optional.empty();
        }
        String id = null;
        String name = null;
        for (int above = 0; above < parts.size(); above++) {
            Part part = parts.get(parts.size() - 1 - above);
            String segment = segments.get(index - above);
            if (part.pattern() == null) {
                if (!segment.equals(part.start())) {
                    return Optional.empty();
                }
                continue;
            }
            Matcher matcher = part.pattern().matcher(segment);
            if (!segment.startsWith(part.start()) || !matcher.matches()) {
                return Optional.empty();
            }
            id = id == null ? group(matcher, "id") : id;
            name = name == null ? name(matcher) : name;
        }
        return Optional.of(new Match(this, index, id, name));
    }

    private static @Nullable String name(Matcher matcher) {
        String name = group(matcher, "name");
        return name == null ? null : UnitName.unescape(name);
    }

    private static @Nullable String group(Matcher matcher, String group) {
        return matcher.pattern().pattern().contains("(?<" + group + ">") ? matcher.group(group) : null;
    }
}
