// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that a user may have meant. */
public final class NearestNames {
    private static final int SOME = 3;

    private NearestNames() {}

    /**
     * Some names like this one, the likest first; none where none is like it.
     *
     * @param wanted a simple name
     * @param names simple or qualified; compared by their last part
     */
    public static List<String> of(String wanted, Collection<String> names) {
        String target = wanted.toLowerCase(Locale.ROOT);
        int furthest = target.length() < 4 ? 1 : Math.max(2, target.length() / 4);
        record Candidate(String name, int distance) {}
        return names.stream()
                .distinct()
                .map(name -> new Candidate(name, distance(target, simple(name).toLowerCase(Locale.ROOT), furthest)))
                .filter(candidate -> candidate.distance() <= furthest)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(SOME)
                .map(Candidate::name)
                .toList();
    }

    /** The part behind the last dot or dollar sign. */
    public static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** How many letters have to be changed, put in or left out; more than the limit if it is more. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            int[] free = above;
            above = row;
            row = free;
        }
        return above[b.length()];
    }
}
