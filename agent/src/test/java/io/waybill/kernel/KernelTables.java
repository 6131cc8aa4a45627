// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes README's tables of what {@link KernelSession} wrote, and compares. Arguments: the results, README, and the file
 * that the tables are written to.
 */
public final class KernelTables {
    private static final String BEGIN = "<!-- kernels: made by agent/src/it/kernel/check -->\n";
    private static final String END = "<!-- end -->\n";
    private final List<String[]> rows = new ArrayList<>();

    private KernelTables(List<String> lines) {
        lines.forEach(line -> rows.add(line.split("\t")));
    }

    public static void main(String[] arguments) throws IOException {
        String tables = new KernelTables(Files.readAllLines(Path.of(arguments[0]))).text();
        Files.writeString(Path.of(arguments[2]), tables);
        System.out.print(tables);
        String readme = Files.readString(Path.of(arguments[1]));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END, begin);
        String said = begin < 0 || end < 0 ? "" : readme.substring(begin + BEGIN.length(), end);
        if (!said.equals(tables)) {
            System.out.println("WRONG README's tables of the kernels are not these; they are in " + arguments[2]);
            System.exit(1);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append("| kernel | way in use | cases that are right | a user without rights, root's namespace")
                .append(" | wrong answers while processes were killed |\n")
                .append("|---|---|---|---|---|\n");
        for (String kernel : List.of("6.1", "6.1 with the change", "6.12 with the change")) {
            text.append(kernelRow(kernel, kernel));
        }
        // the machine's own kernel if that is new enough; where it is not, 6.12 was run as well
        boolean old = rows.stream().anyMatch(row -> row[1].equals("6.12"));
        text.append(kernelRow("without it, from 6.11 on", old ? "6.12" : "this machine's"));
        text.append(
                        "\n| what became of init | the bare `NS_GET_INIT_PID` answers | asked | lies | Waybill's wrong answers |\n")
                .append("|---|---|---|---|---|\n");
        for (Lie lie : Lie.values()) {
            text.append(lieRow(lie));
        }
        return text.toString();
    }

    /** All of its rows must agree but for the JDK and the numbers of what was killed. */
    private String kernelRow(String label, String kernel) {
        Set<String> cells = new TreeSet<>();
        int rounds = 0;
        int wrong = 0;
        for (String[] row : rows) {
            if (row[0].equals("kernel") && row[1].equals(kernel)) {
                cells.add(
                        "| " + label + " | " + code(row[3]) + " | " + row[4] + " of " + row[4] + " | " + code(row[5]));
                rounds += number(row[6], "rounds");
                wrong += number(row[6], "wrong");
            }
        }
        return String.join(" or ", cells) + " | " + wrong + " of " + rounds + " |\n";
    }

    private String lieRow(Lie lie) {
        int asked = 0;
        int lied = 0;
        int wrong = 0;
        for (String[] row : rows) {
            if (row[0].equals("lie") && row[3].equals(lie.name())) {
                String[] counts = row[4].split(" ");
                asked += Integer.parseInt(counts[0]);
                lied += Integer.parseInt(counts[1]);
                wrong += Integer.parseInt(counts[2]);
            }
        }
        return "| " + lie.situation() + " | " + lie.answer() + " | " + asked + " | " + lied + " | " + wrong + " |\n";
    }

    private static int number(String counts, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=([0-9]+)").matcher(counts);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** {@code EPERM, then NS_GET_TGID_FROM_PIDNS}: the way in code. */
    private static String code(String way) {
        return way.replaceAll("[^ ]+$", "`$0`");
    }
}
