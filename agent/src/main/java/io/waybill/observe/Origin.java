// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

/** How a process came to the agent's notice. */
public enum Origin {
    /** This JVM itself. */
    SELF("self"),
    /** A child that this JVM started. */
    CHILD("child"),
    /** The other end of a Unix-domain socket. */
    PEER("peer"),
    /** A JVM that this JVM attached to. */
    ATTACH("attach"),
    /** A scope, or a declared method that took the pid. */
    SCOPE("scope"),
    /** Found in /proc. */
    PROC("proc"),
    /** Reported or asked for by the application. */
    API("api"),
    /** Asked for through JMX. */
    JMX("jmx");

    private final String text;

    Origin(String text) {
        this.text = text;
    }

    /** The name that events, tables and messages use. */
    public String text() {
        return text;
    }
}
