// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import java.nio.file.Path;
import java.util.List;

/** A case in which {@code NS_GET_INIT_PID} answers with something that is not the init; {@code reaper} makes each. */
enum Lie {
    /** The answer is 0. */
    REAPED("init was reaped, its namespace is still held", "0", "reaped", 50, 10),
    /** The answer is whoever was given init's memory. */
    REUSED("so, and new processes were started since", "a stranger's pid, or 0", "reused", 25, 20),
    /** The answer is 0, or whoever was given the memory of init's last thread. */
    KILLED("a threaded init was killed and is not yet reaped", "a stranger's pid, or 0", "killed", 25, 10),
    /** The answer is a thread's id. */
    LEADER_ENDED("init's leader ended, another of its threads lives", "a thread's id", "leader-ended", 25, 10),
    /** The answer is 0. */
    INVISIBLE("init has no pid in the asking namespace", "0", "invisible", 1, 500);

    private final String situation;
    private final String answer;
    private final String argument;
    private final int namespaces;
    private final int times;

    Lie(String situation, String answer, String argument, int namespaces, int times) {
        this.situation = situation;
        this.answer = answer;
        this.argument = argument;
        this.namespaces = namespaces;
        this.times = times;
    }

    String situation() {
        return situation;
    }

    /** What the ioctl says. */
    String answer() {
        return answer;
    }

    int asked() {
        return namespaces * times;
    }

    /** What makes the case; where it is one of this JVM's own view, what starts the JVM in it. */
    List<String> command(Path reaper) {
        return isOfTheView()
                ? List.of(reaper.toString(), argument)
                : List.of(reaper.toString(), argument, Integer.toString(namespaces), Integer.toString(times));
    }

    boolean isOfTheView() {
        return this == INVISIBLE;
    }
}
