// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Which recordings run, as their listener was told. The flight recorder answers this only to who has its lock, which a
 * thread that starts a recording or ends a chunk keeps, for seconds on a busy machine or a slow disk.
 */
final class RunningRecordings {
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();

    /** Takes in what the flight recorder has. Waits for its lock. */
    void takeIn(FlightRecorder recorder) {
        recorder.getRecordings().forEach(this::changed);
    }

    /** The state of one changed; whether it runs now. In the thread that changed it. */
    boolean changed(Recording recording) {
        long id = recording.getId();
        if (recording.getState() == RecordingState.RUNNING) {
            ids.add(id);
            if (recording.getState() == RecordingState.RUNNING) {
                return true;
            }
        }
        ids.remove(id); // another thread may have ended it in between, and be through here
        return false;
    }

    /** Whether one runs. */
    boolean exist() {
        return !ids.isEmpty();
    }

    /** The ids of those that run. */
    Set<Long> ids() {
        return Set.copyOf(ids);
    }
}
