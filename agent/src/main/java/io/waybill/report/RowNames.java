// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a reader knows the rows of a report by: each by a name that no other has, since the tools around flame graphs merge
 * what is called alike, as the containers of many pods are.
 */
final class RowNames {
    private static final int SHORT = 12;

    private final Map<Subject, String> names;

    private RowNames(Map<Subject, String> names) {
        this.names = names;
    }

    /** Names everybody. */
    static RowNames of(Map<Subject, ContainerFacts> facts) {
        Map<Subject, String> names = new HashMap<>();
        facts.forEach((subject, known) -> names.put(subject, name(subject, known)));
        distinguish(names, RowNames::shortId);
        distinguish(names, Subject::id);
        return new RowNames(names);
    }

    /** The name of one; of one that nobody told of, what it is. */
    String of(Subject subject) {
        return names.getOrDefault(subject, name(subject, ContainerFacts.NONE));
    }

    /** A name, in its pod if it has one, else an id, else what it is. */
    private static String name(Subject subject, ContainerFacts facts) {
        if (!facts.name().isEmpty()) {
            return facts.pod().isEmpty() ? facts.name() : facts.pod() + "/" + facts.name();
        }
        if (subject.kind() == Subject.Kind.CONTAINER) {
            return shortId(subject);
        }
        if (subject.kind() == Subject.Kind.NAMESPACE && facts.pidNamespace() != 0) {
            String init = facts.initPid() == 0 ? "" : ", init " + facts.initPid() + " " + facts.initCommand();
            return "(pid namespace " + facts.pidNamespace() + init.stripTrailing() + ")";
        }
        return "(" + subject.kind().text() + ")";
    }

    /** Adds to the names that more than one has; what is no container nor a namespace has one of its own already. */
    private static void distinguish(Map<Subject, String> names, Function<Subject, String> more) {
        Map<String, Long> count =
                names.values().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        names.replaceAll((subject, name) ->
                count.getOrDefault(name, 0L) == 1 || subject.id().isEmpty()
                        ? name
                        : name + " (" + more.apply(subject) + ")");
    }

    private static String shortId(Subject subject) {
        String id = subject.id();
        return id.length() > SHORT && id.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                ? id.substring(0, SHORT)
                : id;
    }
}
