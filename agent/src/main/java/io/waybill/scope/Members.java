// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The members of the application's classes, by the names that users know them by. */
final class Members {
    private static final MethodType OBJECT_TO_OBJECT = MethodType.methodType(Object.class, Object.class);

    private Members() {}

    /**
     * What a name means in a class: the method of that name without arguments, its getter, or the field.
     *
     * @return takes the object, gives the value; where the name means nothing, it throws a {@link NoPidException}
     */
    static MethodHandle of(Class<?> type, String name, Consumer<Class<?>> opener) {
        try {
            Method method = method(type, name);
            if (method != null) {
                opener.accept(method.getDeclaringClass());
                method.setAccessible(true);
                return MethodHandles.lookup().unreflect(method).asType(OBJECT_TO_OBJECT);
            }
            Field field = field(type, name);
            if (field != null) {
                opener.accept(field.getDeclaringClass());
                field.setAccessible(true);
                return MethodHandles.lookup().unreflectGetter(field).asType(OBJECT_TO_OBJECT);
            }
            return failing(type.getName() + " has no " + name + hint(type));
        } catch (IllegalAccessException | RuntimeException | LinkageError e) {
            return failing(name + " of " + type.getName() + " cannot be read: " + e);
        }
    }

    /** The names that would mean something, as the end of a message. */
    static String hint(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> at = type; at != null && at != Object.class && at != Number.class; at = at.getSuperclass()) {
            Arrays.stream(at.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                    .forEach(field -> names.add(field.getName()));
            Arrays.stream(at.getDeclaredMethods())
                    .filter(Members::isGetter)
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .forEach(method -> names.add(method.getName()));
        }
        List<String> some = names.stream()
                .filter(name -> !List.of("hashCode", "toString", "clone").contains(name))
                .limit(10)
                .toList();
        return some.isEmpty() ? "" : "; it has " + String.join(", ", some);
    }

    private static @Nullable Method method(Class<?> type, String name) {
        String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (String each : List.of(name, getter)) {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                Method found = declared(at, each);
                if (found != null) {
                    return found;
                }
            }
            for (Method inherited : type.getMethods()) { // the default methods of its interfaces
                if (inherited.getName().equals(each) && isGetter(inherited)) {
                    return inherited;
                }
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && isGetter(method))
                .findFirst()
                .orElse(null);
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers())
                && !method.isBridge();
    }

    private static @Nullable Field field(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
                    return field;
                }
            }
        }
        return null;
    }

    private static MethodHandle failing(String message) {
        MethodHandle thrower =
                MethodHandles.throwException(Object.class, NoPidException.class).bindTo(new NoPidException(message));
        return MethodHandles.dropArguments(thrower, 0, Object.class);
    }
}
