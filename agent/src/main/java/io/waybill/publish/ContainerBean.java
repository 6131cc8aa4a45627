// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Pod;
import io.waybill.cgroupfs.Usage;
import io.waybill.cgroupfs.Usage.Disk;
import io.waybill.cgroupfs.Usage.Pressure;
import io.waybill.inventory.ContainerEntry;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** One container as a bean. */
record ContainerBean(ContainerEntry entry, Usages usages, UsageGauge gauge) implements ContainerMXBean {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final int LONGEST = 256;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");

    static ContainerBean of(ContainerEntry entry, Usages usages) {
        return new ContainerBean(entry, usages, new UsageGauge(System::nanoTime));
    }

    /**
     * The bean's name as text, for instance {@code io.waybill:type=Container,runtime=docker,name=web-0,id=b6c3…}. What a
     * container chose of it is quoted where it is more than letters, digits, dot, hyphen and underscore.
     */
    static String nameOf(ContainerIdentity container) {
        Pod pod = container.pod();
        return "io.waybill:type=Container,runtime=" + value(container.runtime().text()) + ",name="
                + value(container.displayName()) + property("pod", pod == null ? null : pod.name())
                + property("namespace", pod == null ? null : pod.namespace()) + ",id=" + value(container.id());
    }

    private static String property(String key, @Nullable String text) {
        return text == null || text.isEmpty() ? "" : "," + key + "=" + value(text);
    }

    private static String value(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return PLAIN.matcher(bounded).matches()
                ? bounded
                : ObjectName.quote(bounded.codePoints()
                        .map(c -> Character.isISOControl(c) ? '_' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Override
    public long getInitPid() {
        return entry.initPid();
    }

    @Override
    public long getPidNamespace() {
        return entry.namespace() == null ? 0 : entry.namespace().id().inode();
    }

    @Override
    public int getProcesses() {
        return usages.table().processesOf(entry).size();
    }

    @Override
    public double getStartSeconds() {
        return entry.start().toEpochMilli() / 1000.0;
    }

    @Override
    public double getCpuUsage() {
        return gauge.cpu(this::read);
    }

    @Override
    public double getCpuSeconds() {
        return figures().cpuNanos() / NANOS;
    }

    @Override
    public double getCpuLimit() {
        return figures().cpuLimit();
    }

    @Override
    public double getThrottledSeconds() {
        return figures().throttledNanos() / NANOS;
    }

    @Override
    public long getThrottledPeriods() {
        return figures().throttledPeriods();
    }

    @Override
    public long getMemoryBytes() {
        return figures().memoryBytes();
    }

    @Override
    public long getMemoryLimitBytes() {
        return figures().memoryLimit();
    }

    @Override
    public long getTasks() {
        return figures().tasks();
    }

    @Override
    public long getTasksLimit() {
        return figures().tasksLimit();
    }

    @Override
    public @Nullable Long getReadBytes() {
        Disk disk = figures().disk();
        return disk == null ? null : Long.valueOf(disk.read());
    }

    @Override
    public @Nullable Long getWrittenBytes() {
        Disk disk = figures().disk();
        return disk == null ? null : Long.valueOf(disk.written());
    }

    @Override
    public @Nullable Double getCpuPressureSeconds() {
        return waited(Pressure::cpuMicros);
    }

    @Override
    public @Nullable Double getMemoryPressureSeconds() {
        return waited(Pressure::memoryMicros);
    }

    @Override
    public @Nullable Double getIoPressureSeconds() {
        return waited(Pressure::diskMicros);
    }

    private UsageFigures figures() {
        return gauge.figures(this::read);
    }

    private Optional<Usage> read() {
        return usages.of(entry);
    }

    private @Nullable Double waited(ToLongFunction<Pressure> micros) {
        Pressure pressure = figures().pressure();
        return pressure == null ? null : Double.valueOf(micros.applyAsLong(pressure) / MICROS);
    }
}
