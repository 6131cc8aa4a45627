// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.report.Progress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** How far the reading of large files is, on one line of a terminal, which is wiped in the end. */
final class ProgressBar implements Progress, AutoCloseable {
    private static final long LARGE = 64 << 20;
    private static final int WIDTH = 40;
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintWriter err;
    private final boolean terminal;
    private long shown = System.nanoTime() - PERIOD;
    private boolean dirty;

    ProgressBar(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static ProgressBar on(PrintWriter err) {
        return new ProgressBar(err, Terminal.is(Terminal.ERR));
    }

    @Override
    public void at(long done, long all) {
        long now = System.nanoTime();
        if (!terminal || all < LARGE || now - shown < PERIOD) {
            return;
        }
        shown = now;
        dirty = true;
        int full = (int) (WIDTH * Math.min(done, all) / all);
        err.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + 100 * Math.min(done, all) / all + "% of "
                + (all >> 20) + " MiB");
        err.flush();
    }

    @Override
    public void close() {
        if (dirty) {
            err.print("\r" + " ".repeat(WIDTH + 30) + "\r");
            err.flush();
        }
    }
}
