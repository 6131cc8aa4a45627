// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What the processes of {@code churn.c} say of themselves, in the file that they share. */
final class Reports {
    static final int NUMBERS = 32768;
    private static final int ROWS = 4;
    private static final int WORDS = 8;
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer table;

    Reports(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            table = channel.map(FileChannel.MapMode.READ_ONLY, 0, (long) NUMBERS * ROWS * WORDS * Long.BYTES);
        }
    }

    /**
     * A process, as it reported itself.
     *
     * @param serial its number among all, in the order of the reports
     * @param inode of its pid namespace
     * @param init the number of the init outside
     * @param pidInside its number inside
     * @param ending whether it had decided to end
     * @param initSerial the serial number of its init
     */
    record Report(long serial, long inode, long init, long pidInside, boolean ending, long initSerial) {}

    long processes() {
        return word(0, 0);
    }

    long namespaces() {
        return word(0, 1);
    }

    boolean isOver() {
        return word(0, 2) != 0;
    }

    /** The last few processes that had a number, in no order; none that is just being written. */
    List<Report> of(long pid) {
        List<Report> reports = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            int row = (int) (pid * ROWS + i) * WORDS;
            long serial = word(row, 0);
            Report report =
                    new Report(serial, word(row, 1), word(row, 2), word(row, 3), word(row, 4) != 0, word(row, 5));
            if (serial != 0 && word(row, 0) == serial) {
                reports.add(report);
            }
        }
        return reports;
    }

    /** Whether the last process that had a number had not decided to end. */
    boolean isLive(long pid) {
        Report latest = null;
        for (Report report : of(pid)) {
            latest = latest == null || report.serial() > latest.serial() ? report : latest;
        }
        return latest != null && !latest.ending();
    }

    private long word(int row, int index) {
        return (long) WORD.getVolatile(table, (row + index) * Long.BYTES);
    }
}
