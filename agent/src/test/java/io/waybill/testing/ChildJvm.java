// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM to be started by a test.
 *
 * <pre>{@code
 * Outcome outcome = ChildJvm.on(jdk).agent("children=eager").run(HelloProgram.class, "argument");
 * }</pre>
 *
 * <p>Programs are classes of the tests with a main method; in the child they have the test classes on the class path,
 * and none of the libraries.
 */
public final class ChildJvm {
    private final Path java;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private ChildJvm(Path java) {
        this.java = java;
    }

    /** On a JDK of this machine; where it has none, the test fails in CI and is skipped elsewhere. */
    public static ChildJvm on(Jdk jdk) {
        return tool(jdk, "java");
    }

    /** Another program of a JDK, such as {@code jcmd}; its arguments go to {@link #runCommand}. */
    public static ChildJvm tool(Jdk jdk, String name) {
        Needs.that(jdk.isPresent(), jdk + " is needed on this machine");
        return new ChildJvm(jdk.program(name));
    }

    /** On a run-time image. */
    public static ChildJvm onImage(Path home) {
        return new ChildJvm(home.resolve("bin/java"));
    }

    /** Started by another program, such as {@code unshare}. */
    public ChildJvm startedBy(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** With the built jar as an agent. */
    public ChildJvm agent(String agentOptions) {
        return agent(AgentJar.built(), agentOptions);
    }

    /** With a jar as an agent. */
    public ChildJvm agent(Path jar, String agentOptions) {
        return options("-javaagent:" + jar + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
    }

    /** With options of the JVM. */
    public ChildJvm options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** With more on the class path. */
    public ChildJvm classPath(Path... more) {
        classPath.addAll(List.of(more));
        return this;
    }

    /** With a variable in its environment. */
    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a program to its end. */
    public Outcome run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        return start(program, arguments).join();
    }

    /** Runs it with this after the options: {@code -jar}, a source file, a module. */
    public Outcome runCommand(String... rest) throws IOException, InterruptedException {
        return startCommand(rest).join();
    }

    /** Starts it with this after the options, and returns at once. */
    public RunningJvm startCommand(String... rest) throws IOException {
        return startCommand(List.of(rest));
    }

    /** Starts a program and returns at once. */
    public RunningJvm start(Class<?> program, String... arguments) throws IOException {
        List<String> rest = new ArrayList<>(List.of("-cp", classPathWith(testClasses()), program.getName()));
        rest.addAll(List.of(arguments));
        return startCommand(rest);
    }

    /** Where the test classes are. */
    public static Path testClasses() {
        return Path.of(URI.create(ChildJvm.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private RunningJvm startCommand(List<String> rest) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(java.toString());
        command.addAll(options);
        command.addAll(rest);
        Path folder = TemporaryFolder.create("waybill-child");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        // Each of these adds options, and a line on stderr.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return new RunningJvm(builder.start(), folder);
    }

    private String classPathWith(Path first) {
        return Stream.concat(Stream.of(first), classPath.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
