// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

/** Takes note of observed processes. Called in the application's threads: never throws, never waits. */
@FunctionalInterface
public interface ProcessSink {
    /** Takes note of a process. */
    void observed(Observation observation);
}
