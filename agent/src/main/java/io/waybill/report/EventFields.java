// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedThread;

/** Fields of events by name, as far as a recording has them: another version, or somebody else, may have written it. */
final class EventFields {
    /** A thread that the recording does not know: native threads that call Java can be gone before they are written. */
    static final long NO_THREAD = 0;

    private static final int LONGEST = 512;

    private EventFields() {}

    /** Bounded text; empty if there is none. */
    static String text(RecordedObject event, String field) {
        if (event.hasField(field) && event.getValue(field) instanceof String text) {
            return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        }
        return "";
    }

    /** A number; 0 if there is none. */
    static long number(RecordedObject event, String field) {
        return event.hasField(field) && event.getValue(field) instanceof Number number ? number.longValue() : 0;
    }

    /** A stretch of time in nanoseconds; 0 if there is none. */
    static long timespan(RecordedObject event, String field) {
        try {
            return event.hasField(field) ? event.getDuration(field).toNanos() : 0;
        } catch (IllegalArgumentException | ArithmeticException e) { // it is something else, or too long
            return 0;
        }
    }

    static boolean truth(RecordedObject event, String field) {
        return event.hasField(field) && event.getValue(field) instanceof Boolean truth && truth;
    }

    /** What tells threads apart: the Java thread, also a virtual one; the thread of the system where there is none. */
    static long thread(RecordedEvent event, String field) {
        if (event.hasField(field) && event.getValue(field) instanceof RecordedThread thread) {
            return thread.getJavaThreadId() > 0 ? thread.getJavaThreadId() : -1 - thread.getOSThreadId();
        }
        return NO_THREAD;
    }

    /** Nanoseconds since 1970, which fit until 2262. */
    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
