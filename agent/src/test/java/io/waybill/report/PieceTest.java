// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {
    private static final long BEGIN = 1_800_000_000_000_000_000L;
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void anOrdinaryChunkIsOnePiece() {
        List<Piece> pieces = Piece.of(new ChunkHeader(0, 12 << 20, BEGIN, HOUR, 1));

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).first()).isTrue();
        assertThat(pieces.get(0).takes(0)).isTrue();
        assertThat(pieces.get(0).takes(BEGIN + HOUR)).isTrue();
    }

    @Test
    void ofALargeChunkEveryMomentBelongsToOnePiece() {
        List<Piece> pieces = Piece.of(new ChunkHeader(0, 300 << 20, BEGIN, HOUR, 1));

        assertThat(pieces).hasSize(10);
        assertThat(pieces).extracting(Piece::first).containsOnlyOnce(true);
        assertThat(pieces).extracting(Piece::last).containsOnlyOnce(true);
        for (int i = 1; i < pieces.size(); i++) {
            assertThat(pieces.get(i).to()).isEqualTo(pieces.get(i - 1).from());
        }
        for (long time = BEGIN - HOUR; time < BEGIN + 2 * HOUR; time += HOUR / 97) {
            long moment = time;
            assertThat(pieces.stream().filter(piece -> piece.takes(moment))).hasSize(1);
        }
    }
}
