// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Outcome;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/** The same application without Waybill and with it, side by side. */
final class Comparison implements AutoCloseable {
    private final ServingJvm without;
    private final ServingJvm with;

    private Comparison(ServingJvm without, ServingJvm with) {
        this.without = without;
        this.with = with;
    }

    static Comparison of(ServingJvm without, ServingJvm with) {
        return new Comparison(without, with);
    }

    ServingJvm without() {
        return without;
    }

    ServingJvm with() {
        return with;
    }

    /**
     * Checks that the beans of both are on the platform's server, which the application may have made its own way.
     *
     * @param pattern of the application's own beans
     */
    void checkBeans(String pattern) throws Exception {
        for (String type : List.of("Containers", "Resolver", "Self")) { // they are registered one after the other
            assertThat(with.awaitBeans("io.waybill:type=" + type)).hasSize(1);
        }
        Set<String> own = without.awaitBeans(pattern);
        assertThat(with.awaitBeans(pattern)).isEqualTo(own);
        assertThat(without.beans("io.waybill:*")).isEmpty();
    }

    /** Ends both, checks that they wrote the same lines, and gives back what Waybill recorded. */
    List<RecordedEvent> checkLogs() throws Exception {
        Outcome before = without.stop();
        Outcome after = with.stop();
        assertThat(LogShape.of(after.err(), with)).isEqualTo(LogShape.of(before.err(), without));
        assertThat(LogShape.of(after.out(), with)).isEqualTo(LogShape.of(before.out(), without));
        assertThat(after.exitCode()).isEqualTo(before.exitCode());
        List<RecordedEvent> events = with.recorded();
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .contains("waybill.ProcessObserved", "waybill.ResolverStatistics");
        return events;
    }

    /** Whether a child that the application started, by the line of its answer, is among the events. */
    static boolean isRecorded(String answer, List<RecordedEvent> events) {
        long pid = answer.lines()
                .filter(line -> line.startsWith("child "))
                .mapToLong(line -> Long.parseLong(line.substring("child ".length())))
                .findFirst()
                .orElseThrow();
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ProcessObserved"))
                .anyMatch(event ->
                        event.getLong("pid") == pid && event.getString("origin").equals("child"));
    }

    @Override
    public void close() {
        without.close();
        with.close();
    }
}
