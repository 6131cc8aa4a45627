// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.silent;

import org.jspecify.annotations.Nullable;

/** A logger that says nothing; {@code java.util.logging.Logger} to JNA. What fails there comes as an exception too. */
public final class Logger {
    private static final Logger SILENT = new Logger();

    private Logger() {}

    /** The logger of any name. */
    public static Logger getLogger(String name) {
        return SILENT;
    }

    /** No. */
    public boolean isLoggable(Level level) {
        return false;
    }

    /** Says nothing. */
    public void log(Level level, String message) {}

    /** Says nothing. */
    public void log(Level level, String message, @Nullable Object parameter) {}

    /** Says nothing. */
    public void log(Level level, String message, Object @Nullable [] parameters) {}

    /** Says nothing. */
    public void log(Level level, String message, @Nullable Throwable thrown) {}
}
