// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it says what there is. */
@Command(
        name = "java -jar waybill-agent.jar",
        description = "Finds the init and the container of processes, for JVM profiling data.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "As a command:  java -jar waybill-agent.jar COMMAND",
            "As an agent:   java -javaagent:waybill-agent.jar[=OPTIONS] ...",
            "",
            "Exit codes: 0 all is answered; 1 a process has no answer, or something is missing; 2 the command line is"
                    + " wrong; 3 the machine or the JVM cannot do what was asked; 4 a recording is torn, or none."
        },
        subcommands = {
            PsCommand.class,
            ResolveCommand.class,
            RecordCommand.class,
            DoctorCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            JfcCommand.class,
            ReportCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
final class WaybillCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
