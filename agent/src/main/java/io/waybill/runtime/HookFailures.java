// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What goes wrong in instrumented methods and calls of the API: all of it is counted, the first is told of. */
final class HookFailures implements Consumer<Throwable> {
    private final AtomicLong count = new AtomicLong();
    private final Complaints complaints;

    HookFailures(Complaints complaints) {
        this.complaints = complaints;
    }

    @Override
    public void accept(Throwable failure) {
        if (count.incrementAndGet() == 1) {
            tell(failure);
        }
    }

    private void tell(Throwable failure) {
        try {
            complaints.tell(
                    "an error in an instrumented method or a call of the API, not seen by the application: " + failure);
        } catch (Throwable e) {
            return; // there is no memory to tell it with either, or it cannot be printed
        }
    }

    long count() {
        return count.get();
    }
}
