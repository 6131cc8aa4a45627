// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a runtime's state that have what Waybill reads of it, and nothing else: no environment, no arguments, no
 * labels but those of interest.
 */
public final class StateExcerpt {
    /** Keys whose values are kept, if they are texts or numbers or lists of these. */
    private static final Set<String> KEYS = Set.of(
            "ID",
            "Id",
            "id",
            "Name",
            "name",
            "names",
            "Image",
            "metadata",
            "Pid",
            "pid",
            "init_process_pid",
            "init_process_start",
            "process-start-time",
            "cgroup-path",
            "cgroupsPath",
            "bundle",
            "child-pid",
            "created");

    /** Keys whose members are looked at in turn. */
    private static final Set<String> OBJECTS = Set.of("Config", "State", "linux", "config");

    private static final Set<String> LINES =
            Set.of("NAME", "SCOPE", "SERVICE", "LEADER", "CLASS", "name", "runtime", "instance-id");

    private StateExcerpt() {}

    /**
     * Copies what a runtime keeps about a container.
     *
     * @param kept what was read
     * @param root what stands in front of the copies' paths
     * @throws IOException if a copy cannot be written
     */
    public static void copy(ContainerRecord kept, Path root) throws IOException {
        if (kept.isAnswered()) {
            return; // it is in no file
        }
        Path file = Path.of(kept.file());
        copy(file, root);
        switch (kept.rule()) {
            case ContainerStorage.PODMAN_RULE, ContainerStorage.CRIO_RULE -> copyStorage(kept, file, root);
            case ContainerdState.RULE -> {
                writePid(kept, file.resolveSibling("init.pid"), root);
                copyImage(kept, file, root);
            }
            case FlatpakState.RULE -> {
                copy(file.resolveSibling("bwrapinfo.json"), root);
                write(file.resolveSibling("pid"), root, read(file.resolveSibling("pid")));
            }
            case LxcState.LXD_RULE, LxcState.INCUS_RULE -> copyDaemon(kept, file, root);
            default -> {}
        }
    }

    /** The lists of containers, without the others. */
    private static void copyStorage(ContainerRecord kept, Path file, Path root) throws IOException {
        boolean bundle = file.endsWith("userdata/config.json");
        Path lasting = bundle ? file.resolve("../../..").normalize() : file;
        Path passing = ContainerStorage.passing(Path.of("/"), kept.user()).resolve(lasting.getFileName());
        for (Path list : List.of(
                lasting.resolve(ContainerStorage.LIST),
                lasting.resolve(ContainerStorage.VOLATILE_LIST),
                passing.resolve(ContainerStorage.VOLATILE_LIST))) {
            Json entry = entry(list, kept);
            if (entry != null) {
                write(list, root, "[" + object(entry.object()) + "]\n");
            }
        }
        writePid(kept, passing.resolve(kept.id()).resolve("userdata").resolve("pidfile"), root);
    }

    private static @Nullable Json entry(Path list, ContainerRecord kept) throws IOException {
        Path folder = list.getParent();
        Path name = list.getFileName();
        return folder == null || name == null
                ? null
                : ContainerList.entry(new StateFolder(folder), kept.id(), kept.user(), name.toString());
    }

    /** The link to the container, and of its backup the image. */
    private static void copyDaemon(ContainerRecord kept, Path file, Path root) throws IOException {
        write(file, root, "");
        if (kept.image() != null) {
            Path pool =
                    file.resolveSibling("../storage-pools/default/containers").normalize();
            write(pool.resolve(kept.id()).resolve("backup.yaml"), root, LxcState.IMAGE + " " + kept.image() + "\n");
        }
    }

    /** Of containerd's database the container's image alone. */
    private static void copyImage(ContainerRecord kept, Path task, Path root) throws IOException {
        Path database =
                ContainerdState.database(Path.of("/"), task, kept.user()).orElse(null);
        if (kept.image() != null && database != null) {
            String namespace = String.valueOf(task.getName(task.getNameCount() - 3));
            byte[] excerpt = BoltExcerpt.of(ContainerdState.imageKey(namespace, kept.id()), kept.image());
            Files.write(copyOf(database, root), excerpt);
        }
    }

    private static void writePid(ContainerRecord kept, Path file, Path root) throws IOException {
        if (kept.init().pid() > 0) {
            write(file, root, Long.toString(kept.init().pid()));
        }
    }

    private static void copy(Path file, Path root) throws IOException {
        String text = read(file);
        if (!text.isEmpty()) {
            write(file, root, of(text));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            write(file, root, "");
        }
    }

    private static String read(Path file) {
        Path parent = file.getParent();
        return parent == null
                ? ""
                : new StateFolder(parent).read(file.getFileName().toString()).textOrEmpty();
    }

    private static void write(Path file, Path root, String text) throws IOException {
        Files.writeString(copyOf(file, root), text);
    }

    private static Path copyOf(Path file, Path root) throws IOException {
        Path copy = root.resolve(file.toString().replaceFirst("^/+", ""));
        Files.createDirectories(copy.getParent());
        return copy;
    }

    static String of(String text) {
        return Json.parse(text).map(json -> object(json.object()) + "\n").orElseGet(() -> lines(text));
    }

    private static JsonObject object(JsonObject from) {
        JsonObject to = new JsonObject();
        from.entrySet().forEach(member -> {
            String key = member.getKey();
            JsonElement value = member.getValue();
            if (key.equals("Labels") || key.equals("annotations")) {
                to.add(key, labels(value));
            } else if (key.equals("cgroup_paths") || (KEYS.contains(key) && isPlain(value))) {
                to.add(key, value);
            } else if (key.equals("labels")) {
                to.add(key, manager(value));
            } else if (OBJECTS.contains(key) && value.isJsonObject()) {
                to.add(key, object(value.getAsJsonObject()));
            }
        });
        return to;
    }

    private static boolean isPlain(JsonElement value) {
        if (!value.isJsonArray()) {
            return value.isJsonPrimitive();
        }
        for (JsonElement each : value.getAsJsonArray()) {
            if (!each.isJsonPrimitive()) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject labels(JsonElement from) {
        JsonObject to = new JsonObject();
        if (from.isJsonObject()) {
            new Json(from.getAsJsonObject()).texts().forEach((key, value) -> {
                if (Labels.isRead(key)) {
                    to.addProperty(key, value);
                } else if (key.equals(ContainerStorage.CRIO_LABELS)) {
                    Json.parse(value)
                            .ifPresent(json ->
                                    to.addProperty(key, labels(json.object()).toString()));
                }
            });
        }
        return to;
    }

    /** Of runc's list of annotations the one that says who runs runc. */
    private static JsonArray manager(JsonElement from) {
        JsonArray to = new JsonArray();
        if (from.isJsonArray()) {
            from.getAsJsonArray().forEach(each -> {
                if (each.isJsonPrimitive() && each.getAsString().startsWith("io.container.manager=")) {
                    to.add(each);
                }
            });
        }
        return to;
    }

    private static String lines(String text) {
        StringBuilder kept = new StringBuilder();
        text.lines()
                .filter(line -> line.startsWith("[")
                        || (line.indexOf('=') > 0 && LINES.contains(line.substring(0, line.indexOf('=')))))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }
}
