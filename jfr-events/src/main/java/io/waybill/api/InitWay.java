// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** How the init of a pid namespace was found; the best way first. */
public enum InitWay {
    /** The ioctl {@code _IOR(0xb7, 0x7, int)} asked for pid 1; Linux 6.11, include/uapi/linux/nsfs.h. */
    NS_GET_TGID_FROM_PIDNS("NS_GET_TGID_FROM_PIDNS"),
    /** The ioctl that a kernel patch of 2020 proposed, {@code _IO(0xb7, 0x5)}; in no mainline kernel. */
    NS_GET_INIT_PID("NS_GET_INIT_PID"),
    /** The process in /proc with the same {@code ns/pid} whose {@code NSpid} ends in 1. */
    PROC_SCAN("/proc");

    private final String text;

    InitWay(String text) {
        this.text = text;
    }

    /** The name that events, tables and messages use. */
    public String text() {
        return text;
    }
}
