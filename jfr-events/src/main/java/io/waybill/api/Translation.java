// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a value of one copy of this API the same value of another. */
final class Translation {
    private final ClassLoader loader;

    private Translation(ClassLoader loader) {
        this.loader = loader;
    }

    /** Into the copy that this class loader has. */
    static Translation into(ClassLoader loader) {
        return new Translation(loader);
    }

    /**
     * Records and enums become those of the same name, lists are translated element by element, and what belongs to the JDK
     * is kept.
     */
    Object translate(Object value) throws Failure {
        try {
            if (value instanceof Record) {
                return record(value);
            }
            if (value instanceof Enum<?> constant) {
                return constant(constant);
            }
            if (value instanceof List<?> list) {
                List<Object> translated = new ArrayList<>();
                for (Object element : list) {
                    translated.add(translate(element));
                }
                return translated;
            }
            return value;
        } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError e) {
            throw new Failure(e);
        }
    }

    private Object record(Object value) throws ReflectiveOperationException, Failure {
        Class<?> target = Class.forName(value.getClass().getName(), true, loader);
        RecordComponent[] components = target.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object component =
                    value.getClass().getMethod(components[i].getName()).invoke(value);
            values[i] = component == null ? null : translate(component);
        }
        Constructor<?> canonical = target.getConstructor(types);
        return canonical.newInstance(values);
    }

    /** A constant that has a body is of a class below its enum's. */
    private Object constant(Enum<?> constant) throws ReflectiveOperationException {
        Class<?> target = Class.forName(constant.getDeclaringClass().getName(), true, loader);
        for (Object candidate : target.getEnumConstants()) {
            if (((Enum<?>) candidate).name().equals(constant.name())) {
                return candidate;
            }
        }
        throw new ClassNotFoundException(constant.getDeclaringClass().getName() + "." + constant.name());
    }

    /** The two copies are of versions that differ in this. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(Throwable cause) {
            super(cause.toString(), cause);
        }
    }
}
