// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.List;

/**
 * What recordings say about containers.
 *
 * @param jvms the recordings and the JVMs that made them, JVM by JVM, of each in the order they were given; a file that has
 *     those of several JVMs is there for each
 * @param shares who is in the recordings, and what they cost, the most expensive first
 * @param unscoped what happened outside every scope: the share of the JVMs themselves
 * @param children that the JVMs started, the oldest first
 * @param cpu what CPU is weighed by: samples by CPU time where all recordings have them
 * @param lostSamples samples of CPU time that the JVMs could not keep
 * @param shortenedStacks samples whose stack was cut short, because there were too many different ones
 * @param notes what a reader should know, although nothing is wrong
 * @param problems what could not be read, for the user
 */
public record Report(
        List<RecordingJvm> jvms,
        List<Share> shares,
        Share unscoped,
        List<StartedChild> children,
        Weight cpu,
        long lostSamples,
        long shortenedStacks,
        List<String> notes,
        List<String> problems) {
    public Report {
        jvms = List.copyOf(jvms);
        shares = List.copyOf(shares);
        children = List.copyOf(children);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Of all samples of CPU, those inside the scopes of a row. */
    public double cpuShare(Share share) {
        return part(share.total(cpu), total(cpu));
    }

    /** Of all bytes allocated, those inside the scopes of a row. */
    public double allocationShare(Share share) {
        return part(share.total(Weight.ALLOCATION), total(Weight.ALLOCATION));
    }

    /** Of all time in scopes, that of a row. */
    public double timeShare(Share share) {
        return part(share.nanos(), shares.stream().mapToLong(Share::nanos).sum());
    }

    /** The weight of everything. */
    public long total(Weight weight) {
        return unscoped.total(weight)
                + shares.stream().mapToLong(share -> share.total(weight)).sum();
    }

    private static double part(long one, long all) {
        return all == 0 ? 0 : (double) one / all;
    }

    /**
     * A child that a JVM started.
     *
     * @param recording in {@link #jvms}
     * @param pid as the JVM saw it
     * @param time of its start, milliseconds since 1970
     * @param command as far as it is known
     * @param livesIn the name of the container it was observed in, empty if it was not observed
     * @param startedFor the name of the container in whose scope it was started; empty outside scopes
     */
    public record StartedChild(int recording, long pid, long time, String command, String livesIn, String startedFor) {}
}
