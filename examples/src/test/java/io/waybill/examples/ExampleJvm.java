// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JVM that runs an example as its header says. Closing it ends it as Ctrl-C does, so that its recording is written. */
final class ExampleJvm implements AutoCloseable {
    static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("waybill.test.root"), "waybill.test.root"));
    static final Path JAR = ROOT.resolve("agent/target/waybill-agent.jar");
    private static final int SECONDS = 60;

    private final Process process;
    private final Path out;

    private ExampleJvm(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /** The JDKs that examples run on: the two that Waybill is built for. */
    static List<Path> jdks() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib/jvm"))) {
            List<Path> all = folders.sorted().toList();
            List<Path> found = new ArrayList<>();
            for (int feature : new int[] {17, 25}) {
                all.stream().filter(home -> isJdk(home, feature)).findFirst().ifPresent(found::add);
            }
            RuncContainer.assumeOrFail(found.size() == 2, "JDK 17 and JDK 25 are needed");
            return found;
        }
    }

    /** What examples have on their class path. */
    static String classPath() {
        return ROOT.resolve("examples/target/classes") + File.pathSeparator
                + ROOT.resolve("jfr-events/target/classes") + File.pathSeparator
                + ROOT.resolve("examples/target/libraries") + "/*";
    }

    /** Options against the warnings that JDK 24 and later have for libraries with native code. */
    static List<String> quiet(Path jdk) {
        return isJdk(jdk, 25)
                ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                : List.of();
    }

    static ExampleJvm start(Path jdk, Path out, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return new ExampleJvm(builder.start(), out);
    }

    /** Runs one to its end and gives back what it printed. */
    static List<String> run(Path jdk, Path out, String... arguments) throws IOException, InterruptedException {
        try (ExampleJvm jvm = start(jdk, out, List.of(arguments))) {
            if (!jvm.process.waitFor(SECONDS, TimeUnit.SECONDS) || jvm.process.exitValue() != 0) {
                throw new AssertionError(List.of(arguments) + ": " + jvm.output());
            }
            return jvm.output();
        }
    }

    /** Runs something until the agent has opened a scope: it starts beside the program. */
    void untilScopesOpen(Callable<?> action) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        String address = machine.startLocalManagementAgent();
        machine.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName scopes = new ObjectName("io.waybill:type=Scopes");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            do {
                action.call();
                if (System.nanoTime() > end) {
                    throw new AssertionError("no scope was opened: " + output());
                }
            } while (!beans.isRegistered(scopes) || (long) beans.getAttribute(scopes, "Opened") == 0);
        }
    }

    List<String> output() throws IOException {
        return Files.readAllLines(out);
    }

    /** Waits for a line of its output. */
    void awaitLine(String line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!output().contains(line)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no line \"" + line + "\": " + output());
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        end();
    }

    /** Asks it to end, and waits. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isJdk(Path home, int feature) {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin/javac"))
                    && Files.exists(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + feature);
        } catch (IOException e) {
            throw new IllegalStateException("reading " + release, e);
        }
    }
}
