// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * LXC.
 *
 * @param lab the machine
 */
record Lxc(Lab lab) implements Engine {
    @Override
    public void prepare() {}

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return run(name, INIT, "");
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        return run(name, INIT + " " + secret, """
                lxc.environment = PASSWORD=%s
                lxc.mount.entry = %s tmp none bind 0 0
                """.formatted(secret, OciEngine.volume(lab, secret)));
    }

    private Told run(String name, String init, String more) throws IOException, InterruptedException {
        Path config = lab.folder().resolve("lxc-" + name);
        Files.writeString(config, """
                lxc.uts.name = %s
                lxc.rootfs.path = dir:%s
                lxc.net.0.type = empty
                lxc.mount.auto = proc:mixed sys:ro
                lxc.init.cmd = %s
                """.formatted(name, lab.folder().resolve("rootfs"), init) + more);
        lab.run("install", "-D", config.toString(), "/var/lib/lxc/" + name + "/config");
        lab.run("lxc-start", "--name", name);
        long pid = Long.parseLong(lab.run("lxc-info", "--name", name, "--pid", "--no-humanize"));
        return new Told("lxc", name, name, "", pid);
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.serve("", "lxc-attach", "--name", container.name(), "--", "tail", "-f", "/dev/null");
    }
}
