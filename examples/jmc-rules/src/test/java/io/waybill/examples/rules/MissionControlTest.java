// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ContainerTotalsEvent;
import io.waybill.jfr.ContainerUsageEvent;
import io.waybill.jfr.ProcessObservedEvent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.IDescribable;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;

/** The events as the core libraries of Mission Control read them. */
class MissionControlTest {
    @TempDir
    private Path folder;

    @Test
    void fieldsHaveLabelsAndUnits() throws Exception {
        IItemCollection recording = record();

        IItem usage = Events.of(recording, "waybill.ContainerUsage").get(0);
        assertThat(usage.getType().getName()).isEqualTo("Container Usage");
        assertThat(fieldsOf(usage))
                .containsEntry("Container Name", "text")
                .containsEntry("CPU Usage", "percentage")
                .containsEntry("Throttled", "percentage")
                .containsEntry("Memory Limit", "memory")
                .containsEntry("Bytes Read", "memory")
                .containsEntry("I/O Pressure", "percentage");
        assertThat(Events.share(usage, "cpuUsage")).isEqualTo(0.25);
        assertThat(Events.share(usage, "throttled")).isNaN();
        IItem totals = Events.of(recording, "waybill.ContainerTotals").get(0);
        assertThat(fieldsOf(totals)).containsEntry("CPU Time", "timespan").containsEntry("Throttled Time", "timespan");
    }

    @Test
    void aContainerIsTheSameFieldInEveryEvent() throws Exception {
        IItemCollection recording = record();

        for (String type :
                new String[] {"waybill.ContainerUsage", "waybill.ContainerTotals", "waybill.ProcessObserved"}) {
            IItem event = Events.of(recording, type).get(0);
            assertThat(Events.text(event, "containerId")).as(type).isEqualTo("b6c3be0c5848");
            assertThat(fieldsOf(event)).containsEntry("Container Id", "text");
        }
        IItem process = Events.of(recording, "waybill.ProcessObserved").get(0);
        assertThat(Events.number(process, "pid")).isEqualTo(4711);
    }

    private static Map<String, String> fieldsOf(IItem event) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<IAccessorKey<?>, ? extends IDescribable> each :
                event.getType().getAccessorKeys().entrySet()) {
            fields.put(each.getValue().getName(), each.getKey().getContentType().getIdentifier());
        }
        return fields;
    }

    private IItemCollection record() throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            ContainerUsageEvent usage = new ContainerUsageEvent();
            usage.containerId = "b6c3be0c5848";
            usage.cpuUsage = 0.25f;
            usage.throttled = Float.NaN;
            usage.commit();
            ContainerTotalsEvent totals = new ContainerTotalsEvent();
            totals.containerId = "b6c3be0c5848";
            totals.commit();
            ProcessObservedEvent process = new ProcessObservedEvent();
            process.containerId = "b6c3be0c5848";
            process.pid = 4711;
            process.commit();
            recording.stop();
            recording.dump(file);
        }
        return JfrLoaderToolkit.loadEvents(file.toFile());
    }
}
