// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * containerd by {@code ctr}.
 *
 * @param lab the machine
 */
record Containerd(Lab lab) implements Engine {
    @Override
    public void prepare() throws IOException, InterruptedException {
        String runc = lab.layout().isUnified() ? Lab.file("runc-without-limits").toString() : "runc";
        String text = Files.readString(Lab.file("containerd.toml"))
                .replace("@RUNC@", runc)
                .replace("@SYSTEMD@", Boolean.toString(lab.layout().bySystemd()));
        Path config = Files.writeString(lab.folder().resolve("containerd.toml"), text);
        lab.serve("containerd successfully booted", "containerd", "--config", config.toString());
        lab.run("ctr", "images", "import", lab.folder() + "/image.tar");
    }

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return run(List.of(), List.of(Lab.IMAGE, name));
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        Path volume = OciEngine.volume(lab, secret);
        String mount = "type=bind,src=" + volume + ",dst=/mnt,options=rbind:ro";
        return run(
                List.of("--env", "PASSWORD=" + secret, "--label", "password=" + secret, "--mount", mount),
                List.of(Lab.IMAGE, name, INIT, secret));
    }

    private Told run(List<String> options, List<String> rest) throws IOException, InterruptedException {
        // a version 2 hierarchy without controllers has no file for the shares that are the default
        List<String> command = new ArrayList<>(List.of("ctr", "run", "--detach", "--cpu-shares=0"));
        command.addAll(options);
        command.addAll(rest);
        lab.run(command.toArray(new String[0]));
        return told(rest.get(1));
    }

    /**
     * What {@code ctr tasks list} prints.
     *
     * <pre>
     * TASK    PID    STATUS
     * web     4711   RUNNING
     * </pre>
     */
    private Told told(String name) throws IOException, InterruptedException {
        List<String> task = lab.run("ctr", "tasks", "list")
                .lines()
                .map(line -> List.of(line.split("\\s+")))
                .filter(words -> words.get(0).equals(name))
                .findFirst()
                .orElseThrow();
        JsonObject info = lab.json("ctr", "containers", "info", name).getAsJsonObject();
        String id = info.get("ID").getAsString();
        return new Told("containerd", id, id, info.get("Image").getAsString(), Long.parseLong(task.get(1)));
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.run("ctr", "tasks", "exec", "--detach", "--exec-id", "entered", container.id(), "tail", "-f", "/dev/null");
    }
}
