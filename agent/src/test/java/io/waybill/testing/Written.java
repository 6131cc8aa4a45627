// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import jdk.jfr.FlightRecorder;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/** For a program under test: what the agent has written. It writes in threads of its own, which a program can outrun. */
public final class Written {
    private Written() {}

    /**
     * Waits until such an event is in the recordings of this JVM; at once where none runs.
     *
     * @param wanted is asked for every event of the type
     */
    public static void await(String type, Predicate<RecordedEvent> wanted) throws IOException, InterruptedException {
        if (!isRecording()) {
            return;
        }
        CountDownLatch written = new CountDownLatch(1);
        try (EventStream events = EventStream.openRepository()) {
            events.onEvent(type, event -> {
                if (wanted.test(event)) {
                    written.countDown();
                }
            });
            events.setStartTime(Instant.EPOCH);
            events.startAsync();
            written.await();
        }
    }

    private static boolean isRecording() {
        return FlightRecorder.isInitialized()
                && FlightRecorder.getFlightRecorder().getRecordings().stream()
                        .anyMatch(recording -> recording.getState() == RecordingState.RUNNING);
    }
}
