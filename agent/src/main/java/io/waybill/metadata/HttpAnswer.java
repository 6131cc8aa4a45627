// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

/**
 * An answer of a service.
 *
 * @param status its HTTP status; 0 if there was none
 * @param body its body, or why there was no answer
 */
record HttpAnswer(int status, String body) {
    private static final String LATE = "no answer in time";

    static HttpAnswer none(String reason) {
        return new HttpAnswer(0, reason);
    }

    static HttpAnswer late() {
        return none(LATE);
    }

    /** Whether the service let the time pass. */
    boolean isLate() {
        return status == 0 && body.equals(LATE);
    }

    /**
     * Reads an answer of HTTP/1.0, whose body ends with the connection.
     *
     * <pre>
     * HTTP/1.0 200 OK
     *          (1)
     * Content-Type: application/json
     *
     * {…}
     * (1) the status
     * </pre>
     */
    static HttpAnswer parse(String text) {
        int headEnd = text.indexOf("\r\n\r\n");
        boolean http = text.startsWith("HTTP/1.") && text.length() >= 12 && text.charAt(8) == ' ';
        if (headEnd < 0 || !http) {
            return none("not an answer of HTTP");
        }
        int status = (int) Keys.number(text.substring(9, 12));
        return new HttpAnswer(status, text.substring(headEnd + 4));
    }
}
