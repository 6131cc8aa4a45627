// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path bundle = Files.createDirectory(lab.folder().resolve("bundle-" + name));
        Files.writeString(bundle.resolve("config.json"), config(lab.folder().resolve("rootfs")));
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

    private static String config(Path root) {
        return """
                {"ociVersion": "1.0.2", "hostname": "oci",
                 "process": {"args": ["%s"], "cwd": "/", "env": ["PATH=/bin"], "user": {"uid": 0, "gid": 0}},
                 "root": {"path": "%s", "readonly": true},
                 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}],
                 "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}]}}
                """.formatted(INIT, root);
    }
}
