// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the agent has the application's threads do when a child starts and a connection is accepted, timed. */
final class TimedHooks {
    /** By the class that holds it. */
    private static final Map<String, String> HOOKS = Map.of(
            "java.lang.WaybillChildren", "hook of a child",
            "java.lang.WaybillPeers", "hook of a connection");

    private TimedHooks() {}

    /** Whether the agent has put something everywhere. */
    static boolean areThere() throws IllegalAccessException {
        for (String holder : HOOKS.keySet()) {
            Field field = field(holder);
            if (field == null || field.get(null) == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * From now on what the agent has put there is done by way of this, until the agent stops.
     *
     * @param around does what it is given, which is called so
     */
    static void place(BiConsumer<String, Runnable> around) throws IllegalAccessException {
        for (Map.Entry<String, String> each : HOOKS.entrySet()) {
            Field field = field(each.getKey());
            field.set(null, new Timed(field.get(null), action -> around.accept(each.getValue(), action)));
        }
    }

    private static Field field(String holder) {
        try {
            return Class.forName(holder, true, null).getField("hook");
        } catch (ReflectiveOperationException e) {
            return null; // the agent has not come so far
        }
    }

    private record Timed(Object target, Consumer<Runnable> around) implements BiConsumer<Object, Object> {
        @Override
        @SuppressWarnings("unchecked")
        public void accept(Object first, Object second) {
            around.accept(() -> ((BiConsumer<Object, Object>) target).accept(first, second));
        }
    }
}
