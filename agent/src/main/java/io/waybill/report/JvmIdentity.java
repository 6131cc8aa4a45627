// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What tells a JVM from others, also from its own next start: {@code jdk.JVMInformation}, which JVMs write into each chunk
 * unless their settings leave it out.
 *
 * @param started milliseconds since 1970
 * @param pid as the JVM itself saw it: of those in containers it may be the same
 * @param version of the JVM
 * @param jvmArguments bounded
 * @param javaArguments bounded
 * @param ticksPerSecond of its time stamp counter
 */
record JvmIdentity(
        long started, long pid, String version, String jvmArguments, String javaArguments, long ticksPerSecond) {
    /** Of chunks that follow each other so many are asked: each of them says it as a rule, or none. */
    private static final int ASKED = 2;

    /** Of the JVM that wrote chunks, of which the newest are asked; none if they do not say, or cannot be read. */
    static Optional<JvmIdentity> in(List<Chunk> stretch) {
        Optional<JvmIdentity> identity = Optional.empty();
        int last = stretch.size() - 1;
        for (int i = last; i >= 0 && i > last - ASKED && identity.isEmpty(); i--) {
            identity = in(stretch.get(i));
        }
        return identity;
    }

    private static Optional<JvmIdentity> in(Chunk chunk) {
        if (!chunk.header().isCounted()) {
            return Optional.empty(); // another writer says it of the JVM in other words
        }
        try (ChunkSlice slice = ChunkSlice.of(chunk);
                RecordingFile recording = new RecordingFile(slice.path())) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.JVMInformation")) {
                    return Optional.of(of(event, chunk.header().ticksPerSecond()))
                            .filter(identity -> identity.started != 0);
                }
            }
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // what is wrong with it is told when all of it is read
        }
        return Optional.empty();
    }

    private static JvmIdentity of(RecordedEvent event, long ticksPerSecond) {
        return new JvmIdentity(
                EventFields.number(event, "jvmStartTime"),
                EventFields.number(event, "pid"),
                EventFields.text(event, "jvmVersion"),
                EventFields.text(event, "jvmArguments"),
                EventFields.text(event, "javaArguments"),
                ticksPerSecond);
    }
}
