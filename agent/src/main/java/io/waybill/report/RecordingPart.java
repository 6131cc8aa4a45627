// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.Optional;

/** What one file has of one JVM. */
final class RecordingPart {
    private final int number;
    private final String file;
    private long begin = Long.MAX_VALUE;
    private long end;
    private int chunks;
    private int copies;
    private boolean executionSamples;
    private boolean cpuTimeSamples;

    /**
     * Has nothing yet.
     *
     * @param number among those of the report
     */
    RecordingPart(int number, String file) {
        this.number = number;
        this.file = file;
    }

    int number() {
        return number;
    }

    /** Has a chunk, that may be read in another file. */
    void has(ChunkHeader chunk) {
        begin = Math.min(begin, chunk.begin());
        end = Math.max(end, chunk.end());
    }

    /** A chunk that it has is read in another file, or was once already. */
    void copied() {
        copies++;
    }

    /** A chunk of it was read, to its end or not. */
    void read() {
        chunks++;
    }

    void sampled(Sample.Kind kind) {
        executionSamples |= kind == Sample.Kind.EXECUTION;
        cpuTimeSamples |= kind == Sample.Kind.CPU_TIME;
    }

    /** Whether CPU time was sampled, or nothing at all. */
    boolean cpuTimeIsComplete() {
        return cpuTimeSamples || !executionSamples;
    }

    /** What a reader should know of its samples, if CPU is weighed by execution samples; none if it has some, or none at all. */
    Optional<String> otherSamplesNote() {
        return cpuTimeSamples && !executionSamples
                ? Optional.of(file
                        + ": it has samples by CPU time alone, which not all recordings have, so none of its CPU is"
                        + " counted; report it by itself")
                : Optional.empty();
    }

    /** What a reader should know of copies; none if there are none. */
    Optional<String> copiesNote() {
        return copies == 0
                ? Optional.empty()
                : Optional.of(file + ": " + (copies == 1 ? "a chunk of it is" : copies + " of its chunks are")
                        + " in another of the recordings, too, and counted once");
    }

    RecordingJvm finish(JvmFacts jvm) {
        return jvm.finish(file, begin, end, chunks);
    }
}
