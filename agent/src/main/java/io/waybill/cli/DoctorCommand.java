// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.waybill.identity.IdentitySettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what works here, what does not, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says which ways to an init work here, which rights there are, what is missing and what to do.",
        footer = {
            "",
            "Example:",
            "  java -jar waybill-agent.jar doctor",
            "",
            "Run it as the user, and in the container, that the JVM runs in. Exit code 1: something is missing."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(
            names = "--self-environment",
            description = "Reads the environment, too, to tell which container this is, as self.environment=on does.")
    private boolean selfEnvironment;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = Examination.make(
                selfEnvironment
                        ? IdentitySettings.defaults().withSelfEnvironment(System.getenv())
                        : IdentitySettings.defaults());
        List<Finding> missing =
                findings.stream().filter(finding -> !finding.advice().isEmpty()).toList();
        if (json) {
            out.println(TerminalText.json(GSON.toJson(findings)));
            return missing.isEmpty() ? 0 : 1;
        }
        String subject = "";
        for (Finding finding : findings) {
            if (!finding.subject().equals(subject)) {
                subject = finding.subject();
                out.println(subject);
            }
            out.printf("  %-34s %s%n", finding.name(), TerminalText.of(finding.value(), 300));
        }
        out.println();
        if (missing.isEmpty()) {
            out.println("Nothing is missing.");
            return 0;
        }
        out.println("Missing, and what to do:");
        for (Finding finding : missing) {
            out.println("  " + finding.name() + ": " + finding.advice());
        }
        return 1;
    }
}
