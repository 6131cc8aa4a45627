// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Has a running JVM load this jar as an agent.
 *
 * @param spec the command on whose behalf
 * @param pid the JVM's process id
 */
record Loading(CommandSpec spec, long pid) {
    private static final String THREAD = "waybill-agent";

    /** Whether the agent runs there already, by the name of its thread. */
    boolean isDone() {
        ProcFs procFs = ProcFs.mounted();
        return procFs.otherThreads(pid).stream()
                .anyMatch(thread -> procFs.read(pid, "task/" + thread + "/comm")
                        .linesOrNone()
                        .contains(THREAD));
    }

    /**
     * Loads it and waits until the agent has started or stopped.
     *
     * @param options what the agent is given
     * @param done what to say then
     * @return the exit code of the command
     */
    int load(String options, String done) throws IOException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            return fail(
                    "this run-time image has no module jdk.attach; use a JDK, or add -javaagent to the JVM's start");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            return fail("there is no process " + pid);
        }
        try (SharedJar jar = SharedJar.forProcess(pid, ownJar())) {
            return load(jar.pathForTarget(), options, done);
        }
    }

    private int load(String jar, String options, String done) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgent(jar, options);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            return fail(pid + " is no JVM that can be attached to: " + e.getMessage());
        } catch (IOException e) {
            return fail("attaching to " + pid + ": " + e.getMessage()
                    + "; the JVM must run as the same user as this command, and without -XX:+DisableAttachMechanism");
        } catch (AgentLoadException | AgentInitializationException e) {
            return fail("the JVM " + pid + " did not load the agent: " + e.getMessage());
        }
        spec.commandLine().getOut().println(done);
        return 0;
    }

    private int fail(String message) {
        spec.commandLine().getErr().println("waybill: " + TerminalText.of(message, 500));
        return CommandLineMain.CANNOT;
    }

    /** The jar that this class came from, which {@code java -jar} names on the class path. */
    private static Path ownJar() {
        return Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    }
}
