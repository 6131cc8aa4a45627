// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {
    private static final int BYTES = 10;
    private static final long BEGIN = 1_000_000;
    private static final long END = 2_000_000;

    @Test
    void anOlderPieceBeginsWhereWhatIsInItFits() {
        Piece newest = Piece.newest(BEGIN, END);
        List<Long> times = new ArrayList<>();
        for (long time = BEGIN; time < END; time += 500) {
            times.add(time);
            newest.takes(time, BYTES, true);
        }
        newest.beginAt(1_900_000); // and there was no room for what is older

        Piece older = newest.older(500 * BYTES);
        Piece oldest = older.older(5000 * BYTES);

        assertThat(times.stream().filter(time -> older.takes(time, BYTES, false)))
                .hasSizeBetween(495, 500)
                .allMatch(time -> time < 1_900_000 && time >= older.from());
        assertThat(older.last()).isFalse();
        assertThat(oldest.last()).isTrue();
        assertThat(times.stream().filter(time -> oldest.takes(time, BYTES, false)))
                .allMatch(time -> time < older.from())
                .contains(BEGIN);
    }

    @Test
    void whatDoesNotFitAtAllIsInTheNextPieceToBeGivenUpInPart() {
        Piece newest = Piece.newest(BEGIN, END);
        for (long time = BEGIN; time < END; time += 100_000) {
            newest.takes(time, BYTES, true);
        }
        newest.beginAt(1_750_000);

        Piece older = newest.older(BYTES / 2);

        assertThat(older.from()).isLessThan(1_750_000);
        assertThat(older.to()).isEqualTo(1_750_000);
    }

    @Test
    void aTimeOutsideIsInTheFirstOrTheLastPiece() {
        Piece newest = Piece.newest(BEGIN, BEGIN);

        assertThat(newest.takes(Long.MIN_VALUE, BYTES, true)).isTrue();
        assertThat(newest.takes(END, BYTES, true)).isTrue();
        newest.beginAt(BEGIN);

        assertThat(newest.older(0).last()).isTrue();
        assertThat(newest.older(0).takes(Long.MIN_VALUE, BYTES, false)).isTrue();
    }

    @Test
    void aTimeTooFarToCountIsInOneOfThem() {
        Piece newest = Piece.newest(Long.MIN_VALUE + 1, END);

        assertThat(newest.takes(Long.MAX_VALUE, BYTES, true)).isTrue();
        newest.beginAt(Long.MAX_VALUE);
        assertThat(newest.older(0).last()).isTrue();
    }
}
