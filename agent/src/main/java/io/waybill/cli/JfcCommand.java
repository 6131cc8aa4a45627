// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.jfr.ContainerEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings of the events, as the flight recorder's tools read them. */
@Command(
        name = "jfc",
        mixinStandardHelpOptions = true,
        description = "Prints the settings of Waybill's events, to be merged with a configuration of the JDK.",
        footer = {
            "",
            "Examples:",
            "  java -jar waybill-agent.jar jfc > waybill.jfc",
            "  jfr configure --input default.jfc,waybill.jfc --output custom.jfc \\",
            "      waybill-usage-period=1s",
            "  java -javaagent:waybill-agent.jar \\",
            "      -XX:StartFlightRecording=settings=custom.jfc ...",
            "",
            "Controls: waybill-detail=off|containers|processes|resolutions, waybill-usage-period,"
                    + " waybill-scope-threshold, waybill-resolution-threshold."
        })
final class JfcCommand implements Runnable {
    private static final String FILE = "/io/waybill/jfr/waybill.jfc";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        try (InputStream in = Objects.requireNonNull(ContainerEvent.class.getResourceAsStream(FILE), FILE)) {
            spec.commandLine().getOut().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } catch (IOException e) {
            throw new IllegalStateException("reading " + FILE, e);
        }
    }
}
