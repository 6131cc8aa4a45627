// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.MountInfoLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layout of {@code layouts.txt}: what there is to read, and how it is read.
 *
 * @param name what it is
 * @param from where the lines come from
 * @param evidence what is read: {@code cgroup}, {@code mount} or {@code above}
 * @param lines the lines
 * @param answer the answer in short
 */
record Layout(String name, String from, String evidence, List<String> lines, String answer) {
    private static final Path FILE = Path.of("src/test/resources/layouts.txt");

    static List<Layout> all() throws IOException {
        List<Layout> layouts = new ArrayList<>();
        for (String block : Files.readString(FILE).split("\n\n")) {
            if (!block.startsWith("#")) {
                layouts.add(parse(block));
            }
        }
        return layouts;
    }

    private static Layout parse(String block) {
        String name = "";
        String from = "";
        String evidence = "";
        String answer = "";
        List<String> lines = new ArrayList<>();
        for (String line : block.lines().toList()) {
            String key = line.substring(0, 8).strip();
            String value = line.substring(9);
            switch (key) {
                case "layout" -> name = value;
                case "from" -> from = value;
                case "read as" -> answer = value;
                default -> {
                    evidence = key;
                    lines.add(value);
                }
            }
        }
        return new Layout(name, from, evidence, lines, answer);
    }

    /** How it is read. */
    String read() {
        return switch (evidence) {
            case "cgroup" -> byCgroup();
            case "mount" -> byMounts();
            default -> byAncestor();
        };
    }

    private String byCgroup() {
        CgroupLines cgroup = CgroupLines.of(CgroupLine.parseAll(lines), CgroupPath::parse);
        Optional<Identity> identity = ProcIdentities.byCgroup(cgroup);
        return identity.map(found -> shown((ContainerIdentity) found)).orElseGet(() -> switch (cgroup.best()
                .told()) {
            case HOST -> "host: " + cgroup.best().detail().replaceFirst(" \\S+$", "");
            case UNKNOWN, NAMELESS -> "unknown layout";
            default -> "root";
        });
    }

    private String byMounts() {
        MountEvidence mounts = MountEvidence.of(MountInfoLine.parseAll(lines));
        return ProcIdentities.byMounts(mounts, CgroupPath.parse("/"))
                .map(found -> shown((ContainerIdentity) found))
                .orElse("no container");
    }

    private String byAncestor() {
        String line = lines.get(0);
        List<String> arguments = line.startsWith("[") ? List.of(line) : List.of(line.split(" ", -1));
        return Ancestry.parse(99, arguments)
                .map(holder ->
                        holder.runtime().text() + " " + cut(String.valueOf(holder.id())) + " by " + holder.rule())
                .orElse("no container");
    }

    private static String shown(ContainerIdentity container) {
        String pod = container.pod() == null
                ? ""
                : " in pod " + cutId(String.valueOf(container.pod().uid()));
        String name = container.name() == null || container.name().equals(container.id()) ? "" : " " + container.name();
        String around = container.remarks().stream()
                .filter(remark -> remark.startsWith("inside of container "))
                .map(remark -> ", inside " + cut(remark.substring("inside of container ".length())))
                .findFirst()
                .orElse("");
        return container.runtime().text() + " " + cut(container.id()) + name + pod
                + (container.sandbox() ? ", the sandbox," : "") + " by "
                + container.provenance().rule() + around;
    }

    private static String cut(String id) {
        return id.length() > 12 && (id.matches("[0-9a-f-]+") || id.length() > 20) ? id.substring(0, 12) : id;
    }

    private static String cutId(String id) {
        return id.length() == 64 ? id.substring(0, 12) : id;
    }

    @Override
    public String toString() {
        return name;
    }
}
