// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.runtime.Settings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
            "The JVM must run as the same user, or this command as root. For a JVM that does not see this jar, as in a"
                    + " container, the jar is copied to the folder /tmp that it sees, and removed again.",
            "",
            "From JDK 21 on the JVM warns on its standard error of every agent that is loaded late, unless it was started"
                    + " with -XX:+EnableDynamicAgentLoading."
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
        List<String> mistakes = Settings.mistakes(options);
        if (!mistakes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("; ", mistakes) + "; nothing was loaded");
        }
        Loading loading = new Loading(spec, pid);
        if (loading.isDone()) {
            return alreadyRuns();
        }
        return loading.load(
                options,
                "The agent runs in " + pid + ": its flight recordings have the category \"Container Identity\","
                        + " and its MXBeans the domain io.waybill.");
    }

    /** A second start changes nothing, which the JVM would say in its own standard error. */
    private int alreadyRuns() {
        if (options.isEmpty()) {
            spec.commandLine().getOut().println("The agent runs in " + pid + " already.");
            return 0;
        }
        spec.commandLine()
                .getErr()
                .println("waybill: the agent runs in " + pid
                        + " already, with the options that it had; for others detach it first");
        return CommandLineMain.CANNOT;
    }
}
