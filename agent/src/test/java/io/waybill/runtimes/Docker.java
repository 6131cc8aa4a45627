// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Docker Engine.
 *
 * @param lab the machine
 */
record Docker(Lab lab) implements Engine {
    @Override
    public void prepare() throws IOException, InterruptedException {
        lab.serve("API listen on", "dockerd", "--bridge=none", "--iptables=false", "--ip6tables=false");
        lab.run("docker", "load", "--quiet", "--input", lab.folder() + "/image.tar");
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
        List<String> command = new ArrayList<>(List.of("docker", "run", "--detach", "--net=none", "--name", name));
        command.addAll(options);
        command.add(Lab.IMAGE);
        command.addAll(arguments);
        lab.run(command.toArray(new String[0]));
        return inspect(name);
    }

    Told inspect(String name) throws IOException, InterruptedException {
        JsonObject container = lab.json("docker", "container", "inspect", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        return new Told(
                "docker",
                container.get("Id").getAsString(),
                container.get("Name").getAsString().substring(1),
                container.getAsJsonObject("Config").get("Image").getAsString(),
                container.getAsJsonObject("State").get("Pid").getAsLong());
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.run("docker", "exec", "--detach", container.id(), "tail", "-f", "/dev/null");
    }
}
