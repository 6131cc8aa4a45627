// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * A container that was there, by those who started it.
 *
 * @param seconds how long its init ran at least
 * @param beganMillis just before it was started, since 1970
 * @param endedMillis just after it had ended
 */
record Lived(long initPid, double seconds, long beganMillis, long endedMillis) {
    /**
     * Reads one, with its times in microseconds.
     *
     * <pre>4711 3.3 1764139000123456 1764139003456789</pre>
     */
    static Lived parse(String line) {
        String[] words = line.split(" ");
        return new Lived(
                Long.parseLong(words[0]),
                Double.parseDouble(words[1]),
                TimeUnit.MICROSECONDS.toMillis(Long.parseLong(words[2])),
                TimeUnit.MICROSECONDS.toMillis(Long.parseLong(words[3])));
    }

    /** The time of day, UTC. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis)
                .atOffset(ZoneOffset.UTC)
                .toLocalTime()
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
