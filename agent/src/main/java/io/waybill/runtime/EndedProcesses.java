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
    private static final String OTHERWISE = "each answer asks whether the process still lives";

    /** Begins to read. Where the kernel will not tell, each answer goes on asking. */
    static AutoCloseable begin(Answers answers, Consumer<String> complaints) {
        try {
            ProcessEnds ends = answers.watchEnds().orElse(null);
            if (ends == null) {
                return () -> {};
            }
            EndedProcesses ended = new EndedProcesses(ends, answers, complaints);
            Thread thread = AgentThreads.of("ends", ended::read);
            Runnable undo = () -> {
                answers.resolver().poll();
                ends.close();
            };
            ReaderThread.start(thread, "the ends of processes", OTHERWISE, undo, complaints);
            return ended;
        } catch (LinuxException e) {
            complaints.accept(e.getMessage() + "; " + OTHERWISE);
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
            complaints.accept(e.getMessage() + "; " + OTHERWISE);
        } catch (RuntimeException | Error e) {
            ReaderThread.tell(e, complaints);
        } finally {
            answers.resolver().poll();
        }
    }
}
