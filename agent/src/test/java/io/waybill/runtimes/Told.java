// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What somebody says of a container: its runtime's own tool, or Waybill.
 *
 * @param runtime Waybill's word for the runtime
 * @param id the full id, or the name where the runtime knows its containers by name
 * @param name the name; the id where the runtime has no names
 * @param image the image as the user named it; empty where the runtime has no images
 * @param initPid the init of its pid namespace, as seen from the machine
 */
record Told(String runtime, String id, String name, String image, long initPid) {
    /** An element of {@code ps --json}, or what {@code resolve --json} says. */
    static Told of(JsonObject view) {
        return new Told(
                text(view, "runtime"),
                text(view, "containerId"),
                text(view, "containerName"),
                text(view, "image"),
                view.has("initPid") ? view.get("initPid").getAsLong() : 0);
    }

    /** A {@code waybill.Container} event. */
    static Told of(RecordedEvent event) {
        return new Told(
                event.getString("runtime"),
                event.getString("containerId"),
                event.getString("containerName"),
                event.getString("image"),
                event.getLong("initPid"));
    }

    /** The same container in the pid namespace of another init. */
    Told withInit(long another) {
        return new Told(runtime, id, name, image, another);
    }

    private static String text(JsonObject view, String key) {
        JsonElement value = view.get(key);
        return value == null ? "" : value.getAsString();
    }
}
