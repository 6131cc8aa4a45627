// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** Which container a process belongs to, or why it belongs to none that can be named. */
public sealed interface Identity permits ContainerIdentity, NoContainer {
    /** The cgroup path of the process as this JVM's /proc prints it; empty where it could not be read. */
    String cgroupPath();
}
