// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.Init;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.robust.program.Reports.Report;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a resolver, and compares its answers with what the processes report of themselves. Where one process had the number
 * throughout, only the truth about it is right; where it ended meanwhile, that it is gone, or the truth about it or about a
 * process that had the number later.
 */
final class Judge {
    private static final int SHOWN = 5;

    private final Reports reports;
    private final PidResolver resolver;
    private final int patience;
    private final LongAdder throughout = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();

    /**
     * Makes one.
     *
     * @param patience how long, in seconds, the report of a process is waited for that was seen before it reported itself
     */
    Judge(Reports reports, PidResolver resolver, int patience) {
        this.reports = reports;
        this.resolver = resolver;
        this.patience = patience;
    }

    void ask(long pid) {
        Report before = latest(pid).orElse(null);
        if (before == null) {
            return;
        }
        Resolution answer = resolver.resolve(pid);
        boolean right;
        if (livesStill(pid, before)) {
            throughout.increment();
            right = isAbout(answer, before);
        } else {
            ended.increment();
            gone.add(answer instanceof Resolution.Gone ? 1 : 0);
            right = answer instanceof Resolution.Gone || isAboutLater(answer, before.serial());
        }
        if (!right && isAboutEarlier(answer, before.serial())) {
            late.increment();
        } else if (!right) {
            wrong.increment();
            if (shown.size() < SHOWN) {
                shown.add(before + ": " + answer + "; then " + reports.of(pid));
            }
        }
    }

    /** About no process that had the number at the time, before or after. */
    long wrong() {
        return wrong.sum();
    }

    /** About one that had the number before, and had ended when it was asked. */
    long late() {
        return late.sum();
    }

    @Override
    public String toString() {
        return "%d answers about processes that lived throughout, %d about others (%d: gone), late: %d, wrong: %d%s"
                .formatted(
                        throughout.sum(),
                        ended.sum(),
                        gone.sum(),
                        late.sum(),
                        wrong.sum(),
                        shown.isEmpty() ? "" : "\n  " + String.join("\n  ", shown));
    }

    private Optional<Report> latest(long pid) {
        return reports.of(pid).stream().max(Comparator.comparingLong(Report::serial));
    }

    /** Neither it nor its init, with which it would end, has decided to end. */
    private boolean livesStill(long pid, Report before) {
        return is(pid, before.serial()) && is(before.init(), before.initSerial());
    }

    private boolean is(long pid, long serial) {
        return latest(pid)
                .filter(now -> now.serial() == serial && !now.ending())
                .isPresent();
    }

    /** About a process that had the number at the time or later; it may not have reported itself yet. */
    private boolean isAboutLater(Resolution answer, long serial) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        boolean found;
        do {
            found = reports.of(answer.pid()).stream()
                    .anyMatch(report -> report.serial() >= serial && isAbout(answer, report));
            Thread.yield();
        } while (!found && !isAboutEarlier(answer, serial) && System.nanoTime() < end);
        return found;
    }

    private boolean isAboutEarlier(Resolution answer, long serial) {
        return reports.of(answer.pid()).stream()
                .anyMatch(report -> report.serial() < serial && isAbout(answer, report));
    }

    private static boolean isAbout(Resolution answer, Report report) {
        return answer instanceof Resolution.Resolved resolved
                && resolved.namespace().id().inode() == report.inode()
                && resolved.process().pidInside() == report.pidInside()
                && resolved.process().command().startsWith("churn")
                && resolved.init() instanceof Init.Known init
                && init.pid() == report.init();
    }
}
