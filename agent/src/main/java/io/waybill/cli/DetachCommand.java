// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops the agent in a running JVM. */
@Command(
        name = "detach",
        mixinStandardHelpOptions = true,
        description =
                "Stops the agent in a running JVM: hooks are emptied, MXBeans, threads and descriptors given back.",
        footer = {
            "",
            "Example:",
            "  java -jar waybill-agent.jar detach 4711",
            "",
            "The agent can be attached again afterwards. Recordings keep the events that were written."
        })
final class DetachCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id as this one sees it.")
    private long pid;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return new Loading(spec, pid).load("stop", "The agent does not run in " + pid + " any more.");
    }
}
