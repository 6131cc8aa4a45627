// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

/** Something about a process could not be learned; becomes an answer before it leaves the package's door. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    enum Kind {
        GONE,
        THREAD,
        REFUSED,
        EXHAUSTED
    }

    private final Kind kind;

    UnreadableException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    static UnreadableException gone(String message) {
        return new UnreadableException(Kind.GONE, message);
    }

    static UnreadableException thread(String message) {
        return new UnreadableException(Kind.THREAD, message);
    }

    static UnreadableException refused(String message) {
        return new UnreadableException(Kind.REFUSED, message);
    }

    static UnreadableException exhausted(String message) {
        return new UnreadableException(Kind.EXHAUSTED, message);
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
