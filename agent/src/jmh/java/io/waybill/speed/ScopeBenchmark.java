// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A scope opened and closed, as an application does around its work; in a JVM with the agent. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ScopeBenchmark {
    private long pid;

    @Setup
    public void setUp() throws IOException, InterruptedException {
        pid = Long.parseLong(
                Files.readAllLines(Path.of(System.getProperty("waybill.pids"))).get(0));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!ProcessContainers.isConnected()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the agent does not start");
            }
            Thread.sleep(20);
        }
    }

    /** For a process that was asked for before. */
    @Benchmark
    public long scope() {
        try (ContainerScope scope = ContainerScope.of(pid)) {
            return pid;
        }
    }
}
