// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessEnds;
import io.waybill.observe.AgentThreads;
import io.waybill.resolve.Answers;
import java.util.function.Consumer;

/** Lets the kernel tell of the ends of remembered processes, in a thread of its own that sleeps between them. */
record EndedProcesses(ProcessEnds ends, Answers answers, Consumer<String> complaints) implements AutoCloseable {
    /** Begins to read. Where the kernel will not tell, each answer goes on asking. */
    static AutoCloseable begin(Answers answers, Consumer<String> complaints) {
        try {
            ProcessEnds ends = answers.watchEnds().orElse(null);
            if (ends == null) {
                return () -> {};
            }
            EndedProcesses ended = new EndedProcesses(ends, answers, complaints);
            try {
                AgentThreads.of("ends", ended::read).start();
                return ended;
            } catch (OutOfMemoryError e) {
                answers.resolver().poll();
                ends.close();
                complaints.accept("no thread for the ends of processes (" + e.getMessage()
                        + "); each answer asks whether the process still lives");
                return () -> {};
            }
        } catch (LinuxException e) {
            complaints.accept(e.getMessage() + "; each answer asks whether the process still lives");
            return () -> {};
        }
    }

    @Override
    public void close() {
        ends.close();
    }

    private void read() {
        try {
            ends.read(answers.resolver()::ended);
        } catch (LinuxException e) {
            answers.resolver().poll();
            complaints.accept(e.getMessage() + "; each answer asks whether the process still lives");
        }
    }
}
