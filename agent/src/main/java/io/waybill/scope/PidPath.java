// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From an argument to the pid that it tells. */
public final class PidPath {
    /** Made once for each class: a declaration that is wrong may be met with every call. */
    private static final ClassValue<NoPidException> NO_PID = new ClassValue<>() {
        @Override
        protected NoPidException computeValue(Class<?> type) {
            return new NoPidException("a " + type.getName()
                    + " is no pid; a whole number, a Process or a ProcessHandle is" + Members.hint(type));
        }
    };

    private final Step[] steps;

    /**
     * Makes one.
     *
     * @param names the names on the way; empty where the argument is the pid
     * @param opener makes the members of a class reachable for this one
     */
    public PidPath(List<String> names, Consumer<Class<?>> opener) {
        this.steps = names.stream().map(name -> new Step(name, opener)).toArray(Step[]::new);
    }

    /**
     * Follows the path.
     *
     * @return the pid; none where something on the way is null, empty or negative
     * @throws NoPidException if a name on the way means nothing, or what it leads to is no pid
     * @throws Throwable what a method of the application's on the way throws
     */
    public OptionalLong pidOf(@Nullable Object argument) throws Throwable {
        Object value = argument;
        for (Step step : steps) {
            if (value == null) {
                return OptionalLong.empty();
            }
            MethodHandle member = step.members.get(value.getClass());
            value = (Object) member.invokeExact(value);
        }
        return value == null ? OptionalLong.empty() : toPid(value);
    }

    /** Whether a parameter of this type may tell a pid by itself; what only shows at run time may. */
    public static boolean mayBePid(String typeName) {
        return switch (typeName) {
            case "boolean", "char", "float", "double" -> false;
            case "java.lang.Boolean", "java.lang.Character", "java.lang.Float", "java.lang.Double" -> false;
            case "java.lang.String" -> false;
            default -> !typeName.endsWith("]") && !typeName.startsWith("[");
        };
    }

    private static OptionalLong toPid(Object value) throws NoPidException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return natural(((Number) value).longValue());
        }
        if (value instanceof AtomicLong || value instanceof AtomicInteger) {
            return natural(((Number) value).longValue());
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? natural(big.longValue()) : OptionalLong.empty();
        }
        if (value instanceof ProcessHandle handle) {
            return natural(handle.pid());
        }
        if (value instanceof Process process) {
            return natural(process.pid());
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? natural(optional.getAsLong()) : optional;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? natural(optional.getAsInt()) : OptionalLong.empty();
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? toPid(optional.get()) : OptionalLong.empty();
        }
        throw NO_PID.get(value.getClass());
    }

    private static OptionalLong natural(long pid) {
        return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /** A name on the way, and what it means in each class that it was met in; forgotten with the class. */
    private static final class Step {
        private final ClassValue<MethodHandle> members;

        Step(String name, Consumer<Class<?>> opener) {
            this.members = new ClassValue<>() {
                @Override
                protected MethodHandle computeValue(Class<?> type) {
                    return Members.of(type, name, opener);
                }
            };
        }
    }
}
