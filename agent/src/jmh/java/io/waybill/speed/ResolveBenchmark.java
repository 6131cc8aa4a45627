// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NativeAccessException;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.NamespaceAnswer;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A pid's way to its answer; each benchmark has its twin of the same name in resolve.c. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ResolveBenchmark {
    private static final int REMEMBERED = 16;
    private static final long MISSING = Long.getLong("waybill.missing", 1L << 22);

    private long[] pids = {};
    private int next;
    private NamespaceResolver namespaces;
    private Answers answers;
    private Answers watched;
    private ProcessEnds ends;

    @Setup
    public void setUp() throws IOException, NativeAccessException, LinuxException {
        pids = Files.readAllLines(Path.of(System.getProperty("waybill.pids"))).stream()
                .mapToLong(Long::parseLong)
                .toArray();
        namespaces = NamespaceResolver.over(Linux.load(), ProcFs.mounted(), REMEMBERED, StepLog.NONE);
        answers = wire();
        watched = wire();
        ends = watched.watchEnds().orElseThrow();
        Thread reader = new Thread(() -> {
            try {
                ends.read(watched.resolver()::ended);
            } catch (LinuxException e) {
                throw new IllegalStateException(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        if (!(answers.resolver().resolve(pids[0]) instanceof Resolution.Resolved resolved)
                || !answers.resolver().isSettled(resolved)) {
            throw new IllegalStateException(pids[0] + " is not to be remembered");
        }
    }

    @TearDown
    public void tearDown() {
        ends.close();
        answers.close();
        watched.close();
        namespaces.close();
    }

    /** From a pid to its verified init, in a namespace that was not met before. */
    @Benchmark
    public NamespaceAnswer cold() {
        try (HeldProcess process = ((NamespaceResolver.Hold.Held) namespaces.hold(nextPid())).process()) {
            NamespaceAnswer answer = namespaces.resolve(process);
            if (!(answer instanceof NamespaceAnswer.In in) || in.known()) {
                throw new IllegalStateException(answer.toString());
            }
            return answer;
        }
    }

    /** The same, and the process's container, name and start, from /proc. */
    @Benchmark
    public Resolution whole() {
        return answers.resolver().resolve(nextPid());
    }

    /** A process asked for again: proven by one poll. */
    @Benchmark
    public Resolution poll() {
        return answers.resolver().resolve(pids[0]);
    }

    /** A process asked for again, whose end the kernel would have told. */
    @Benchmark
    public Resolution watched() {
        return watched.resolver().resolve(pids[0]);
    }

    /** A pid that nobody has. */
    @Benchmark
    public Resolution missing() {
        return answers.resolver().resolve(MISSING);
    }

    private long nextPid() {
        next = next + 1 == pids.length ? 0 : next + 1;
        return pids[next];
    }

    private static Answers wire() {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        return Answers.wire(REMEMBERED, settings, StepLog.NONE, message -> {
            throw new IllegalStateException(message);
        });
    }
}
