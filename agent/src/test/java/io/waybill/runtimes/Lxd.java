// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * LXD, with its containers in folders.
 *
 * @param lab the machine
 */
record Lxd(Lab lab) implements Engine {
    private static final String DESCRIPTION = "busybox of Waybill";

    @Override
    public void prepare() throws IOException, InterruptedException {
        Path image = Files.createDirectory(lab.folder().resolve("lxd"));
        String architecture = lab.run("uname", "-m");
        Files.writeString(image.resolve("metadata.yaml"), """
                architecture: %s
                creation_date: 1767225600
                properties:
                  description: %s
                """.formatted(architecture, DESCRIPTION));
        lab.run("cp", "-a", lab.folder() + "/rootfs", image + "/rootfs");
        lab.run("tar", "-C", image.toString(), "-czf", image + ".tar.gz", "metadata.yaml", "rootfs");
        lab.run("mkdir", "-p", "/var/lib/lxd");
        lab.serve("", "lxd", "--group", "root");
        lab.run("lxd", "waitready", "--timeout=60");
        lab.run("lxc", "storage", "create", "default", "dir");
        lab.run("lxc", "image", "import", image + ".tar.gz", "--alias", "waybill");
        lab.run("lxc", "project", "create", "build", "-c", "features.images=false", "-c", "features.profiles=false");
    }

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return run("default", name);
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        return run("default", name, "--config=environment.PASSWORD=" + secret, "--config=user.password=" + secret);
    }

    /** Starts one in a project, whose name is part of the name that LXD gives to LXC unless it is the default. */
    Told run(String project, String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("lxc", "launch", "waybill", name, "--project", project));
        command.addAll(List.of("--quiet", "--storage=default", "--config=security.privileged=true"));
        command.addAll(List.of(options));
        lab.run(command.toArray(new String[0]));
        for (JsonElement each :
                lab.json("lxc", "list", "--project", project, "--format=json").getAsJsonArray()) {
            JsonObject listed = each.getAsJsonObject();
            if (listed.get("name").getAsString().equals(name)) {
                String id = project.equals("default") ? name : project + "_" + name;
                String image = listed.getAsJsonObject("config")
                        .get("image.description")
                        .getAsString();
                long pid = listed.getAsJsonObject("state").get("pid").getAsLong();
                return new Told("lxd", id, id, image, pid);
            }
        }
        throw new AssertionError("lxc does not list " + name);
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.serve("", "lxc", "exec", container.name(), "--", "tail", "-f", "/dev/null");
    }
}
