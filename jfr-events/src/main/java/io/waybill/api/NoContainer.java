// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/**
 * No container could be named, and why.
 *
 * @param reason the kind of reason
 * @param detail the particulars for a reader, such as the systemd unit or the refused file and errno
 * @param cgroupPath the cgroup path of the process as this JVM's /proc prints it; empty where it could not be read
 */
public record NoContainer(Reason reason, String detail, String cgroupPath) implements Identity {
    /** The reason and its particulars, such as {@code host: systemd unit nginx.service}. */
    public String explanation() {
        return detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
    }

    /** Why no container is named. */
    public enum Reason {
        /** A process of the host: a service, a session, the root cgroup. */
        HOST("host"),
        /** The file that would tell could not be read. */
        REFUSED("refused"),
        /** The process sees only its own part of the cgroup tree, and no other source told. */
        PRIVATE_CGROUP_NAMESPACE("private cgroup namespace"),
        /** A cgroup path of a layout that no rule knows; the detail quotes it. */
        UNKNOWN_LAYOUT("unknown layout"),
        /** The cgroup path is called like a runtime's container, but the runtime itself has it elsewhere, or not at all. */
        DISOWNED("disowned"),
        /** The process ended before it could be read. */
        GONE("gone");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The name that events, tables and messages use. */
        public String text() {
            return text;
        }
    }
}
