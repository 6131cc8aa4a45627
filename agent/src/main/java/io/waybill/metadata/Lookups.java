// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers of several places made into one. */
final class Lookups {
    private Lookups() {}

    /** What came of a file about a container, or of its absence in a folder that has one for each container. */
    static Lookup of(StateFolder folder, StateText file, Function<StateText.Text, ContainerRecord> reader) {
        if (file instanceof StateText.Text text) {
            return new Lookup.Found(reader.apply(text));
        }
        return file instanceof StateText.Unreadable unreadable
                ? new Lookup.Unreadable(unreadable.reason())
                : folder.lacking();
    }

    /** What comes of looking in a place; what cannot be listed there may have it. */
    static Lookup in(Supplier<Lookup> place) {
        try {
            return place.get();
        } catch (UncheckedIOException e) {
            return new Lookup.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Of places that do not have it: one that could not be read, else one that was, else none. */
    static Lookup worst(List<Lookup> answers) {
        Lookup worst = new Lookup.NoState("");
        for (Lookup answer : answers) {
            if (rank(answer) > rank(worst)) {
                worst = answer;
            }
        }
        return worst;
    }

    private static int rank(Lookup lookup) {
        if (lookup instanceof Lookup.NoState none) {
            return none.where().isEmpty() ? 0 : 1;
        }
        return lookup instanceof Lookup.Unknown ? 2 : lookup instanceof Lookup.Unreadable ? 3 : 4;
    }
}
