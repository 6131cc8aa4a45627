// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import io.waybill.testing.RunningJvm;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;
import jdk.management.jfr.RemoteRecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are begun and read from outside the JVM have the events, too. */
class RecordingsFromAfarIT {
    @TempDir
    private Path folder;

    private LimitedContainer container;

    @BeforeEach
    void startContainer() throws Exception {
        container = LimitedContainer.sleeping();
    }

    @AfterEach
    void endContainer() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @OnBothJdks
    void aRemoteStreamSeesThem(Jdk jdk) throws Exception {
        int port = Ports.free();
        CountDownLatch usage = new CountDownLatch(1);
        CountDownLatch processes = new CountDownLatch(1);
        try (RunningJvm watched = WatchedJvm.start(
                        WatchedJvm.with(jdk).options(WatchedJvm.connector(port)), container.initPid());
                JMXConnector connector = WatchedJvm.connect(port);
                RemoteRecordingStream stream =
                        new RemoteRecordingStream(connector.getMBeanServerConnection(), folder)) {
            stream.onEvent("waybill.ContainerUsage", event -> {
                if (event.getString("containerId").equals(container.id())) {
                    usage.countDown();
                }
            });
            stream.onEvent("waybill.ProcessObserved", event -> {
                if (event.getString("containerId").equals(container.id())) {
                    processes.countDown();
                }
            });
            stream.startAsync();

            assertThat(usage.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(processes.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(watched.pid()).isPositive();
        }
    }

    @OnBothJdks
    void theBeanOfTheFlightRecorderHasThem(Jdk jdk) throws Exception {
        int port = Ports.free();
        Path recording = folder.resolve("from-afar.jfr");
        try (RunningJvm watched = WatchedJvm.start(
                        WatchedJvm.with(jdk).options(WatchedJvm.connector(port)), container.initPid());
                JMXConnector connector = WatchedJvm.connect(port)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            FlightRecorderMXBean recorder = JMX.newMXBeanProxy(
                    server, new ObjectName(FlightRecorderMXBean.MXBEAN_NAME), FlightRecorderMXBean.class);
            long id = recorder.newRecording();
            recorder.setPredefinedConfiguration(id, "default");
            recorder.startRecording(id);
            awaitRecorded(recorder, id, recording);

            assertThat(watched.pid()).isPositive();
            recorder.closeRecording(id);
        }
    }

    @OnBothJdks
    void jcmdDumpsThem(Jdk jdk) throws Exception {
        Path recording = folder.resolve("dumped.jfr");
        try (RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk), container.initPid())) {
            String pid = Long.toString(watched.pid());
            jcmd(jdk, pid, "JFR.start", "name=afar");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            do {
                jcmd(jdk, pid, "JFR.dump", "name=afar", "filename=" + recording);
            } while (!hasContainerAndItsProcess(recording) && System.nanoTime() < end);

            assertThat(hasContainerAndItsProcess(recording)).isTrue();
        }
    }

    /** Reads the recording through the connector, until the agent's thread has written into it. */
    private void awaitRecorded(FlightRecorderMXBean recorder, long id, Path recording) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        do {
            assertThat(System.nanoTime()).as("not in the recording").isLessThan(end);
            long clone = recorder.cloneRecording(id, true);
            long stream = recorder.openStream(clone, Map.of());
            try (OutputStream out = Files.newOutputStream(recording)) {
                for (byte[] part = recorder.readStream(stream); part != null; part = recorder.readStream(stream)) {
                    out.write(part);
                }
            }
            recorder.closeStream(stream);
            recorder.closeRecording(clone);
        } while (!hasContainerAndItsProcess(recording));
    }

    /** A recording that begins late is told again what is there. */
    private boolean hasContainerAndItsProcess(Path recording) throws Exception {
        List<String> types = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.hasField("containerId"))
                .filter(event -> event.getString("containerId").equals(container.id()))
                .map(event -> event.getEventType().getName())
                .toList();
        return types.containsAll(List.of("waybill.Container", "waybill.ProcessObserved"));
    }

    private static void jcmd(Jdk jdk, String... arguments) throws Exception {
        Outcome outcome = ChildJvm.tool(jdk, "jcmd").runCommand(arguments);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    }
}
