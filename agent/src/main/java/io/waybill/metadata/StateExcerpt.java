// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
     * Copies the file of a container.
     *
     * @param file the file, as a provenance has it
     * @param root what stands in front of the copy's path
     * @return the copy; none if there is nothing to be copied
     * @throws IOException if the copy cannot be written
     */
    public static Optional<Path> copy(Path file, Path root) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            return Optional.empty();
        }
        StateText text = new StateFolder(parent).read(file.getFileName().toString());
        if (!(text instanceof StateText.Text found)) {
            return Optional.empty();
        }
        Path copy = root.resolve(file.toString().replaceFirst("^/+", ""));
        Files.createDirectories(root.resolve(parent.toString().replaceFirst("^/+", "")));
        Files.writeString(copy, of(found.text()));
        return Optional.of(copy);
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
