// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at all processes as the agent does: once with nothing known, which resolves each, then again and again. Prints
 * {@code first NANOSECONDS PROCESSES} of the first, per process, and {@code steady NANOSECONDS} of each later one.
 *
 * <p>Arguments: how many later ones are measured, after as many to warm up.
 */
public final class ScanProgram {
    private ScanProgram() {}

    public static void main(String[] arguments) throws Exception {
        int passes = Integer.parseInt(arguments[0]);
        for (int round = 0; round < 3; round++) {
            measure(passes);
        }
    }

    private static void measure(int passes) {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(1024, settings, StepLog.NONE, System.err::println)) {
            EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
            ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 10_000);
            AtomicInteger told = new AtomicInteger();
            Watch watch = new Watch(
                    answers,
                    answers.resolver(),
                    table,
                    answers.self(),
                    true,
                    (resolution, joined) -> told.incrementAndGet(),
                    System.err::println);
            long start = System.nanoTime();
            watch.pass();
            System.out.println("first " + (System.nanoTime() - start) / told.get() + " " + told.get());
            for (int i = 0; i < 2 * passes; i++) {
                start = System.nanoTime();
                watch.pass();
                long took = System.nanoTime() - start;
                if (i >= passes) {
                    System.out.println("steady " + took);
                }
            }
        }
    }
}
