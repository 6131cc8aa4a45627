// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A low-level runtime by its command line, which runc and crun share.
 *
 * @param lab the machine
 * @param tool {@code runc} or {@code crun}
 */
record OciEngine(Lab lab, String tool) implements Engine {
    @Override
    public void prepare() {}

    @Override
    public Told start(String name) throws IOException, InterruptedException {
        return run(name, config(""));
    }

    @Override
    public Told startWith(String secret, String name) throws IOException, InterruptedException {
        volume(lab, secret);
        return run(name, config(secret));
    }

    /** Options of Docker and Podman, which share them. */
    static List<String> withSecret(Lab lab, String secret) throws IOException {
        return List.of(
                "--env=PASSWORD=" + secret,
                "--label=password=" + secret,
                "--volume=" + volume(lab, secret) + ":/mnt:ro");
    }

    /** A folder with the secret in its name. */
    static Path volume(Lab lab, String secret) throws IOException {
        return Files.createDirectories(lab.folder().resolve("volume-" + secret));
    }

    private Told run(String name, String config) throws IOException, InterruptedException {
        Path bundle = Files.createDirectory(lab.folder().resolve("bundle-" + name));
        Files.writeString(bundle.resolve("config.json"), config);
        // a flag to crun, an option to runc: so nothing at all where it is not wanted
        Stream<String> driver = lab.layout().bySystemd() ? Stream.of("--systemd-cgroup") : Stream.empty();
        Stream<String> run = Stream.of("run", "--detach", "--bundle", bundle.toString(), name);
        lab.run(Stream.of(Stream.of(tool), driver, run).flatMap(each -> each).toArray(String[]::new));
        for (JsonElement each : lab.json(tool, "list", "--format", "json").getAsJsonArray()) {
            JsonObject listed = each.getAsJsonObject();
            if (listed.get("id").getAsString().equals(name)) {
                return new Told(tool, name, name, "", listed.get("pid").getAsLong());
            }
        }
        throw new AssertionError(tool + " does not list " + name);
    }

    @Override
    public void enter(Told container) throws IOException, InterruptedException {
        lab.run(tool, "exec", "--detach", "--env", "PATH=/bin", container.id(), "tail", "-f", "/dev/null");
    }

    private String config(String secret) {
        String volume = """
                , {"destination": "/tmp", "type": "bind", "source": "%s/volume-%s", "options": ["bind"]}
                """.formatted(lab.folder(), secret);
        return """
                {"ociVersion": "1.0.2", "hostname": "oci",
                 "process": {"args": ["%1$s", "%2$s"], "cwd": "/", "env": ["PATH=/bin", "PASSWORD=%2$s"],
                             "user": {"uid": 0, "gid": 0}},
                 "annotations": {"password": "%2$s"},
                 "root": {"path": "%3$s/rootfs", "readonly": true},
                 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"} %4$s],
                 "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}]}}
                """.formatted(INIT, secret, lab.folder(), secret.isEmpty() ? "" : volume);
    }
}
