// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

/** Which cgroup hierarchies are mounted, and who keeps them. */
enum Layout {
    /** Version 1, a hierarchy for each controller and one for systemd. */
    V1("v1"),
    /** Version 1, with an empty version 2 beside it. */
    HYBRID("hybrid"),
    /** Version 2 alone. */
    V2("v2"),
    /** Version 2, kept by a systemd that is the machine's init, as distributions have it since 2021. */
    SYSTEMD("systemd");

    private final String text;

    Layout(String text) {
        this.text = text;
    }

    /** Whether runtimes ask systemd for their cgroups. */
    boolean bySystemd() {
        return this == SYSTEMD;
    }

    /** Whether there is no version 1 hierarchy. */
    boolean isUnified() {
        return this == V2 || this == SYSTEMD;
    }

    /** As {@code src/it/runtimes/lab} takes it. */
    String text() {
        return text;
    }
}
