// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.silent;

/** The levels that JNA names; {@code java.util.logging.Level} to it. */
public final class Level {
    public static final Level SEVERE = new Level("SEVERE");
    public static final Level WARNING = new Level("WARNING");
    public static final Level INFO = new Level("INFO");
    public static final Level FINE = new Level("FINE");
    public static final Level FINER = new Level("FINER");

    private final String name;

    private Level(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
