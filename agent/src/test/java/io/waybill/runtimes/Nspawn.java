// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * systemd-nspawn, which registers its machines with systemd-machined where systemd is.
 *
 * @param lab the machine
 */
record Nspawn(Lab lab) implements Engine {
    @Override
    public void prepare() {}

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return run(name, List.of(), INIT);
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        Path volume = OciEngine.volume(lab, secret);
        return run(name, List.of("--setenv=PASSWORD=" + secret, "--bind-ro=" + volume + ":/mnt"), INIT + " " + secret);
    }

    private Told run(String name, List<String> options, String init) throws IOException, InterruptedException {
        Path root = lab.folder().resolve("root-" + name);
        lab.run("cp", "-a", lab.folder() + "/rootfs", root.toString());
        List<String> command = new ArrayList<>(List.of("systemd-nspawn", "--quiet", "--machine", name));
        command.addAll(List.of("--directory", root.toString(), "--private-network", "--console=pipe"));
        command.addAll(options);
        if (!lab.layout().bySystemd()) {
            command.addAll(List.of("--register=no", "--keep-unit"));
        }
        command.addAll(List.of("/bin/sh", "-c", "echo up; exec " + init));
        lab.serve("up", command.toArray(new String[0]));
        return new Told("systemd-nspawn", name, name, "", lab.layout().bySystemd() ? leader(name) : onlyChild(name));
    }

    private long leader(String name) throws IOException, InterruptedException {
        return Long.parseLong(lab.run("machinectl", "show", name, "--property=Leader", "--value"));
    }

    /** No tool lists what is not registered: the only child of the program that holds the container. */
    private long onlyChild(String name) throws IOException, InterruptedException {
        String holder = lab.run("pgrep", "--full", "^systemd-nspawn .*--machine " + name);
        return Long.parseLong(lab.run("pgrep", "--parent", holder));
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.serve("", "nsenter", "--target", Long.toString(container.initPid()), "--all", "tail", "-f", "/dev/null");
    }
}
