// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/**
 * Whom work is done for, and whom processes belong to.
 *
 * @param kind what it is
 * @param id the runtime's id of a container; of a pid namespace its inode number, its init, and the first recording of the
 *     JVM that saw it, since the numbers mean nothing on another host; otherwise empty
 */
record Subject(Kind kind, String id) {
    /** Kinds of rows in a report; {@link #text} is how JSON and CSV name them. */
    enum Kind {
        CONTAINER("container"),
        NAMESPACE("pid namespace"),
        OWN("own namespace"),
        UNKNOWN("unknown"),
        OTHERS("others"),
        NOBODY("no scope");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** No scope was open. */
    static final Subject NOBODY = new Subject(Kind.NOBODY, "");

    /** Processes of no container, in the recording JVM's own pid namespace. */
    static final Subject OWN = new Subject(Kind.OWN, "");

    /** More containers than a report has rows for. */
    static final Subject OTHERS = new Subject(Kind.OTHERS, "");

    private static final Subject UNKNOWN = new Subject(Kind.UNKNOWN, "");

    /** The id of a container; otherwise empty. */
    String containerId() {
        return kind == Kind.CONTAINER ? id : "";
    }

    static Subject of(int recording, String containerId, long pidNamespace, long initPid) {
        if (!containerId.isEmpty()) {
            return container(containerId);
        }
        return pidNamespace == 0 ? UNKNOWN : namespace(recording, pidNamespace, initPid);
    }

    static Subject container(String id) {
        return new Subject(Kind.CONTAINER, id);
    }

    static Subject namespace(int recording, long pidNamespace, long initPid) {
        return new Subject(Kind.NAMESPACE, pidNamespace + " of init " + initPid + " in recording " + (recording + 1));
    }
}
