// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.fail;

import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.resolve.Answers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What looks at all processes, as in the agent, and the containers that it told of. */
final class LookingAgent {
    private final List<ContainerEntry> started = new ArrayList<>();
    private final List<ContainerEntry> ended = new ArrayList<>();
    private final List<Long> toldOf = new ArrayList<>();
    private final Answers answers;
    private final ContainerTable table;
    private final Watch watch;
    private LongConsumer beforeEach = pid -> {};

    /** Makes it; a complaint fails the test. */
    LookingAgent(Answers answers) {
        EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
        this.answers = answers;
        table = new ContainerTable(maker, Clock.systemUTC(), 100_000);
        table.listen(new Starts());
        watch = new Watch(
                answers,
                pid -> {
                    beforeEach.accept(pid);
                    return answers.resolver().resolve(pid);
                },
                table,
                answers.self(),
                true,
                (resolution, joined) -> toldOf.add(resolution.pid()),
                message -> fail(message));
    }

    Watch watch() {
        return watch;
    }

    /** What looks in turn, at the expense of a budget; nothing runs its thread. */
    Rounds rounds(Duration period, Budget budget) {
        AgentThread thread = new AgentThread(16, failure -> fail(failure));
        return new Rounds(period, watch, table, answers, null, thread, budget, new Complaints());
    }

    List<ContainerEntry> started() {
        return started;
    }

    List<ContainerEntry> ended() {
        return ended;
    }

    /** The pids of the processes that were told of, again and again if they were. */
    List<Long> toldOf() {
        return toldOf;
    }

    /** From now on this takes the pid of each process that is about to be looked at. */
    void beforeEach(LongConsumer action) {
        beforeEach = action;
    }

    private final class Starts implements ContainerListener {
        @Override
        public void started(ContainerEntry container) {
            started.add(container);
        }

        @Override
        public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
            ended.add(container);
            answers.resolver()
                    .forget(
                            container.identity(),
                            container.namespace() == null
                                    ? null
                                    : container.namespace().id());
        }
    }
}
