// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Podman.
 *
 * @param lab the machine
 * @param command what it is called with
 */
record Podman(Lab lab, List<String> command) implements Engine {
    /** Root's. */
    static Podman ofRoot(Lab lab) {
        // crun refuses the hybrid layout, and needs CAP_SYS_RESOURCE on version 2
        String runtime = lab.layout() == Layout.V1 ? "crun" : "runc";
        String manager = lab.layout().bySystemd() ? "systemd" : "cgroupfs";
        return new Podman(lab, List.of("podman", "--runtime", runtime, "--cgroup-manager", manager));
    }

    /** That of a user without rights, who has no cgroups either. */
    static Podman ofUser(Lab lab) {
        return new Podman(
                lab,
                List.of(
                        "setpriv",
                        "--reuid=4711",
                        "--regid=4711",
                        "--clear-groups",
                        "env",
                        "--chdir=/run/waybill",
                        "HOME=/run/waybill",
                        "XDG_RUNTIME_DIR=/run/user/4711",
                        "podman",
                        "--runtime",
                        "runc"));
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        run("load", "--quiet", "--input", lab.folder() + "/image.tar");
    }

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return started(name);
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        return run(name, OciEngine.withSecret(lab, secret), List.of(INIT, secret));
    }

    /** Starts a container with more options. */
    Told started(String name, String... options) throws IOException, InterruptedException {
        return run(name, List.of(options), List.of());
    }

    private Told run(String name, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        Stream<String> start = Stream.of("run", "--detach", "--name", name);
        run(Stream.of(start, options.stream(), Stream.of(Lab.IMAGE), arguments.stream())
                .flatMap(each -> each)
                .toArray(String[]::new));
        return inspect(name);
    }

    Told inspect(String name) throws IOException, InterruptedException {
        String[] inspect = line("container", "inspect", name);
        JsonObject container = lab.json(inspect).getAsJsonArray().get(0).getAsJsonObject();
        return new Told(
                "podman",
                container.get("Id").getAsString(),
                container.get("Name").getAsString(),
                container.get("ImageName").getAsString(),
                container.getAsJsonObject("State").get("Pid").getAsLong());
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        run("exec", "--detach", container.id(), "tail", "-f", "/dev/null");
    }

    /** Runs a command of Podman's and gives back what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return lab.run(line(arguments));
    }

    /** What stands before a command that runs as the same user. */
    Stream<String> asUser() {
        return command.stream().takeWhile(word -> !word.equals("podman"));
    }

    /** A command line of Podman's. */
    String[] line(String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toArray(String[]::new);
    }
}
