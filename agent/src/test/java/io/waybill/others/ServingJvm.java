// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** An application that serves in a JVM with agents, and a flight recording. Closing it ends it. */
final class ServingJvm implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final int STATUS_OK = 200;

    private final RunningJvm jvm;
    private final Path folder;
    private final int port;
    private final Map<OtherAgent, Integer> agentPorts;
    private int answers;

    private ServingJvm(RunningJvm jvm, Path folder, int port, Map<OtherAgent, Integer> agentPorts) {
        this.jvm = jvm;
        this.folder = folder;
        this.port = port;
        this.agentPorts = agentPorts;
    }

    /** What follows the options of agents on the command line. */
    interface Application {
        /**
         * Options, the class or jar, and its arguments.
         *
         * @param folder where it may write
         * @param port where it is to listen
         */
        List<String> command(Path folder, int port) throws IOException;
    }

    /** Starts it. The agents stand on its command line in this order. */
    static ServingJvm start(Jdk jdk, Path parent, List<OtherAgent> agents, Application application) throws IOException {
        Path folder = Files.createTempDirectory(parent, "jvm");
        Map<OtherAgent, Integer> agentPorts = new TreeMap<>();
        List<String> command = new ArrayList<>(List.of(
                "-Xlog:jfr+startup=off",
                "-XX:StartFlightRecording:filename=" + folder.resolve("run.jfr"),
                "-XX:TieredStopAtLevel=1"));
        for (OtherAgent agent : agents) {
            agentPorts.put(agent, Ports.free());
            command.addAll(agent.options(folder, agentPorts.get(agent)));
        }
        int port = Ports.free();
        command.addAll(application.command(folder, port));
        RunningJvm jvm = ChildJvm.on(jdk).startCommand(command.toArray(new String[0]));
        return new ServingJvm(jvm, folder, port, agentPorts);
    }

    RunningJvm jvm() {
        return jvm;
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** What the application answers, once it serves. */
    String get(String path) throws Exception {
        return get(port, path);
    }

    /** What an agent that serves by itself answers. */
    String get(OtherAgent agent, String path) throws Exception {
        return get(agentPorts.get(agent), path);
    }

    /** How often it, or an agent in it, has answered. */
    int answers() {
        return answers;
    }

    /** The names of the beans that are on the platform's server; waits until there is one of this pattern. */
    Set<String> awaitBeans(String pattern) throws Exception {
        return beans(pattern, true);
    }

    /** The names of the beans of this pattern that are on the platform's server. */
    Set<String> beans(String pattern) throws Exception {
        return beans(pattern, false);
    }

    /** What a bean says. */
    Object attribute(String name, String attribute) throws Exception {
        try (JMXConnector connector = jvm.connect()) {
            return connector.getMBeanServerConnection().getAttribute(new ObjectName(name), attribute);
        }
    }

    /** Ends it as an operator does. */
    Outcome stop() throws Exception {
        jvm.terminate();
        return jvm.join();
    }

    /** What Waybill wrote into its recording; to be asked when it has ended. */
    List<RecordedEvent> recorded() throws IOException {
        return RecordingFile.readAllEvents(folder.resolve("run.jfr")).stream()
                .filter(event -> event.getEventType().getName().startsWith("waybill."))
                .toList();
    }

    @Override
    public void close() {
        jvm.close();
    }

    private Set<String> beans(String pattern, boolean wait) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (JMXConnector connector = jvm.connect()) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            Set<String> names = names(server, pattern);
            while (wait && names.isEmpty()) {
                assertThat(System.nanoTime()).as("%s after a minute", pattern).isLessThan(end);
                Thread.sleep(20);
                names = names(server, pattern);
            }
            return names;
        }
    }

    private static Set<String> names(MBeanServerConnection server, String pattern) throws Exception {
        return server.queryNames(new ObjectName(pattern), null).stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toSet());
    }

    /** Tries until the server has opened its port, and the application in it has started. */
    private String get(int where, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + where + path))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            String failure;
            try {
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == STATUS_OK) {
                    answers++;
                    return response.body();
                }
                failure = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                failure = e.toString();
            }
            boolean runs =
                    ProcessHandle.of(jvm.pid()).map(ProcessHandle::isAlive).orElse(false);
            if (!runs || System.nanoTime() > end) {
                jvm.terminate();
                throw new AssertionError(request + ": " + failure + "; " + jvm.join());
            }
            System.out.println("asked again: " + request + ": " + failure);
            Thread.sleep(20);
        }
    }
}
