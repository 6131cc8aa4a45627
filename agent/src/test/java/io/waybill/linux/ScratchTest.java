// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScratchTest {
    private int made;

    @Test
    void whoCallsLaterAsksForNoMemory() throws Exception {
        Scratch.Pool pool = new Scratch.Pool(kernel(SystemCall.load()::newScratch));
        made = 0;

        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < Scratch.Pool.MADE_EARLY; i++) {
            taken.add(pool.take().address());
        }

        assertThat(made).isZero();
        assertThat(taken).hasSize(Scratch.Pool.MADE_EARLY);
    }

    @Test
    void whereThereIsNoMemoryAtTheStartItIsAskedForLater() throws Exception {
        SystemCall kernel = SystemCall.load();
        Scratch.Pool pool = new Scratch.Pool(kernel(() -> {
            if (made == 1) {
                throw new OutOfMemoryError("Cannot reserve 32768 bytes of direct buffer memory");
            }
            return kernel.newScratch();
        }));

        assertThat(pool.take()).isNotNull();
        assertThat(made).isEqualTo(2);
    }

    private SystemCall kernel(Supplier<Scratch> memory) {
        return new SystemCall() {
            @Override
            public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
                throw new IllegalStateException("nothing is called here");
            }

            @Override
            public Scratch newScratch() {
                made++;
                return memory.get();
            }

            @Override
            public String name() {
                return "none";
            }
        };
    }
}
