// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerTable;
import io.waybill.publish.Beans;
import io.waybill.resolve.Answers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the agent does now and then, in its own thread: look at all processes, forget the ended, register the beans. */
final class Rounds {
    /** How often it is looked whether the platform's MBean server exists by now. */
    private static final Duration BEANS_PERIOD = Duration.ofSeconds(2);
    /** How often ended containers are looked for where all of /proc is not. */
    private static final Duration IDLE_PERIOD = Duration.ofSeconds(30);

    private final @Nullable Duration period;
    private final Watch watch;
    private final ContainerTable table;
    private final Answers answers;
    private final @Nullable Beans beans;
    private final AgentThread agentThread;
    private final Budget budget;
    private final Complaints complaints;
    private final AtomicBoolean queued = new AtomicBoolean();
    private long lastPass;
    /** Whether the first look, which finds all that there is, was taken. */
    private boolean begun;
    /** Whether a look was asked for that had to be put off. */
    private boolean owed;

    /**
     * Makes them, not begun yet.
     *
     * @param period how often all processes are looked at; null for never
     * @param beans the beans to register; null for none
     * @param budget what looks may take of a core; beyond that they are put off
     */
    Rounds(
            @Nullable Duration period,
            Watch watch,
            ContainerTable table,
            Answers answers,
            @Nullable Beans beans,
            AgentThread agentThread,
            Budget budget,
            Complaints complaints) {
        this.period = period;
        this.watch = watch;
        this.table = table;
        this.answers = answers;
        this.beans = beans;
        this.agentThread = agentThread;
        this.budget = budget;
        this.complaints = complaints;
    }

    /** Does what is due; answers when to come again, which is in a period once the beans are registered. */
    Duration next() {
        long now = System.nanoTime();
        long length = nanos(period == null ? IDLE_PERIOD : period);
        long left = lastPass + length - now;
        if (left <= 0 || lastPass == 0 || owed) {
            long putOff = budget.putOff();
            left = putOff == 0 ? length : putOff;
            if (putOff == 0) {
                lastPass = now;
                pass();
            }
        }
        return Duration.ofNanos(beansAreWaiting() ? Math.min(left, BEANS_PERIOD.toNanos()) : left);
    }

    /** Of what the clock cannot count, a part: it is never over either. */
    private static long nanos(Duration length) {
        return Math.min(TimeUnit.MILLISECONDS.toNanos(length.toMillis()), Long.MAX_VALUE / 4);
    }

    /** Looks at all processes soon; many calls in a row lead to one look. In any thread. */
    void refresh() {
        if (queued.compareAndSet(false, true)) {
            agentThread.execute(this::soon);
        }
    }

    /** Whether a process came into its namespace from outside. */
    boolean joined(Resolution resolution) {
        return watch.joined(resolution);
    }

    /** Tells again of every process that the last look saw. */
    void replay() {
        watch.replay();
    }

    private void soon() {
        long putOff = budget.putOff();
        if (putOff == 0) {
            pass();
        } else {
            owed = true;
            agentThread.comeBackIn(putOff);
        }
    }

    private void pass() {
        owed = false;
        queued.set(false);
        if (begun) {
            budget.spend(this::look);
        } else {
            begun = true; // charged, it would put off the next one for ten times as long as it takes
            look();
        }
    }

    private void look() {
        if (period == null) {
            table.endThoseWithoutInit();
        } else {
            watch.pass();
        }
        answers.resolver().sweep();
    }

    private boolean beansAreWaiting() {
        if (beans == null) {
            return false;
        }
        beans.registerIfPossible().ifPresent(complaints::tell);
        return !beans.registered();
    }
}
