// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** The commands of the command line. */
public final class CommandNames {
    private CommandNames() {}

    /** Each with what its help says of it, in the order of the help. */
    public static Map<String, String> withDescriptions() {
        Map<String, String> commands = new LinkedHashMap<>();
        new CommandLine(new WaybillCommand())
                .getSubcommands()
                .forEach((name, command) -> commands.put(
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().description())));
        commands.remove("help");
        return commands;
    }
}
