// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the agent's threads may take of a core, however much goes on on the machine.
 *
 * @param looks for looks at all processes
 * @param events for what the kernel tells of in between; apart from the looks, which find what it then misses
 */
record Budgets(Budget looks, Budget events) {
    /**
     * Makes them.
     *
     * @param cpu how long the calling thread has run on a CPU, in nanoseconds
     */
    static Budgets of(LongSupplier cpu, Consumer<String> complaints) {
        return new Budgets(
                new Budget(
                        cpu,
                        complaints,
                        "looking at all processes takes more than a tenth of a core; it is done less often"),
                new Budget(
                        cpu,
                        complaints,
                        "processes or cgroups come and go faster than a tenth of a core can look at; meanwhile"
                                + " processes that are gone by the next look at all of them are missed"));
    }

    /** How often something was put off. */
    long putOff() {
        return looks.count() + events.count();
    }
}
