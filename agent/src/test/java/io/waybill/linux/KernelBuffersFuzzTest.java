// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Whatever stands where the kernel writes: it is read within its bounds, to an end, or refused. */
class KernelBuffersFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyListingIsReadOrRefused(byte[] bytes) {
        List<Long> numbers = new ArrayList<>();
        try {
            FolderListing.visit(memory(bytes), length(bytes), (number, inode) -> numbers.add(number));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("directory entry");
        }

        assertThat(numbers).allMatch(number -> number > 0);
        assertThat(numbers).hasSizeLessThanOrEqualTo(bytes.length / FolderListing.SHORTEST);
    }

    @FuzzTest(maxDuration = "10s")
    void anyProcessEventIsReadOrSkipped(byte[] bytes) {
        List<String> told = new ArrayList<>();

        ProcessConnector.tell(memory(bytes), length(bytes), new ProcessConnector.Events() {
            @Override
            public void executed(long pid) {
                told.add("executed " + pid);
            }

            @Override
            public void exited(long pid, int status) {
                told.add("exited " + pid);
            }

            @Override
            public void lost() {
                told.add("lost");
            }
        });

        assertThat(told).hasSizeLessThanOrEqualTo(1);
    }

    private static ByteBuffer memory(byte[] bytes) {
        return ByteBuffer.allocate(Scratch.SIZE).order(ByteOrder.nativeOrder()).put(0, bytes, 0, length(bytes));
    }

    private static int length(byte[] bytes) {
        return Math.min(bytes.length, Scratch.SIZE);
    }
}
