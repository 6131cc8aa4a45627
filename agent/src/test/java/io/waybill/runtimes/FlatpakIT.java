// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.waybill.testing.Needs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application of Flatpak, of a runtime that is made for it: bubblewrap starts it, and Flatpak says which it is. */
class FlatpakIT {
    private static final String APPLICATION = "org.waybill.Test";

    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        Needs.program("flatpak");
        lab = Lab.start(Layout.V2);
        lab.run("mkdir", "-p", "/run/user/0");
        flatpak(Lab.file("flatpak").toString(), "/run/flatpak");
        lab.serve("up", line("flatpak", "--user", "run", APPLICATION));
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void psNamesTheApplicationThatFlatpakNames() throws Exception {
        String[] told =
                flatpak("flatpak", "ps", "--columns=pid,child-pid,application").split("\\s+");
        String runtime = flatpak("flatpak", "info", "--user", "--show-runtime", APPLICATION);

        JsonObject listed = lab.listed(told[0]);

        assertThat(Told.of(listed)).isEqualTo(new Told("flatpak", told[0], told[2], runtime, Long.parseLong(told[1])));
        assertThat(told[2]).isEqualTo(APPLICATION);
        assertThat(listed.get("provenance").getAsString()).isEqualTo("runtime-state:flatpak-instance");
        RecordedFolder record = RecordedFolder.of(lab, Long.parseLong(told[1]));
        assertThat(Told.of(record.answer())).isEqualTo(Told.of(listed));
        record.assertThatItGivesTheSameAnswer();
    }

    /** Anybody may write down that a sandbox of root's is an application of his. */
    @Test
    void whatAUserWritesOfTheSandboxOfAnotherIsNotBelieved() throws Exception {
        lab.serve("up", "bwrap", "--unshare-pid", "--bind", "/", "/", "sh", "-c", "echo up; exec sleep 901");
        String[] pids = lab.run("pgrep", "--exact", "bwrap").split("\\s+");
        String outer = List.of(pids).stream()
                .filter(pid -> commandLine(pid).contains("sleep 901"))
                .findFirst()
                .orElseThrow();
        long inner = lab.childOf(Long.parseLong(outer), "bwrap");
        String write = "mkdir -p $1 && echo $2 >$1/pid && printf '[Application]\\nname=forged\\n' >$1/info"
                + " && echo {\\\"child-pid\\\": $3} >$1/bwrapinfo.json";
        Stream<String> forge =
                Stream.of("sh", "-c", write, "sh", "/run/user/4711/.flatpak/1", outer, Long.toString(inner));
        lab.run(Stream.concat(Podman.ofUser(lab).asUser(), forge).toArray(String[]::new));

        assertThat(Told.of(lab.resolved(inner))).isEqualTo(new Told("bubblewrap", outer, outer, "", inner));
    }

    private static String commandLine(String pid) {
        try {
            return lab.run("sh", "-c", "tr '\\0' ' ' </proc/$1/cmdline", "sh", pid);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a bus of the machine, which Flatpak asks whether a user may install anything, only root may. */
    private static String flatpak(String... command) throws Exception {
        return lab.run(line(command));
    }

    private static String[] line(String... command) {
        Stream<String> root = Stream.of("env", "HOME=/root", "XDG_RUNTIME_DIR=/run/user/0", "XDG_DATA_HOME=/run/data");
        return Stream.concat(root, Stream.of(command)).toArray(String[]::new);
    }
}
