// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a running JVM. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = "Loads the agent into a running JVM, also one inside a container.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar attach 4711",
            "  java -jar waybill-agent.jar attach 4711 period=1s,own=on",
            "",
            "The JVM must run as the same user, or this command as root. For a JVM that does not see this jar, as in a",
            "container, the jar is copied to the folder /tmp that it sees, and removed again."
        })
final class AttachCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id as this one sees it.")
    private long pid;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OPTIONS",
            defaultValue = "",
            description = "Options of the agent, key=value pairs by comma.")
    private String options = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            return fail(
                    "this run-time image has no module jdk.attach; use a JDK, or add -javaagent to the JVM's start");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            return fail("there is no process " + pid);
        }
        try (SharedJar jar = SharedJar.forProcess(pid, ownJar())) {
            return attach(jar.pathForTarget());
        }
    }

    private int attach(String jar) {
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
        } catch (com.sun.tools.attach.AgentLoadException | com.sun.tools.attach.AgentInitializationException e) {
            return fail("the JVM " + pid + " did not load the agent: " + e.getMessage());
        }
        spec.commandLine()
                .getOut()
                .println(
                        "The agent runs in " + pid + ": its flight recordings have the category \"Container Identity\","
                                + " and its MXBeans the domain io.waybill.");
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
