// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The copy of this API that the agent is connected to, where an application has one of its own: in a war for instance,
 * whose class loader asks itself first. Its types are of the same names and yet others, so answers are translated.
 */
final class OtherCopy implements AgentConnection {
    private final Translation toTheirs;
    private final Translation toOurs = Translation.into(OtherCopy.class.getClassLoader());
    private final Object theirNoScope;
    private final MethodHandle isConnected;
    private final MethodHandle resolve;
    private final MethodHandle peerOf;
    private final MethodHandle report;
    private final MethodHandle scopeOfPid;
    private final MethodHandle scopeOfResolution;

    private OtherCopy(Class<?> theirs) throws ReflectiveOperationException {
        ClassLoader loader = theirs.getClassLoader();
        toTheirs = Translation.into(loader);
        theirNoScope = their(NoScope.class, loader).getEnumConstants()[0];
        Class<?> resolution = their(Resolution.class, loader);
        Class<?> scope = their(ContainerScope.class, loader);
        isConnected = handle(theirs.getMethod("isConnected"), boolean.class);
        resolve = handle(theirs.getMethod("resolve", long.class), Object.class, long.class);
        peerOf = handle(theirs.getMethod("peerOf", Object.class), Object.class, Object.class);
        report = handle(theirs.getMethod("report", long.class), void.class, long.class);
        scopeOfPid = handle(scope.getMethod("of", long.class), AutoCloseable.class, long.class);
        scopeOfResolution = handle(scope.getMethod("of", resolution), AutoCloseable.class, Object.class);
    }

    /** Finds it where the JVM puts the agent; null where there is none, or it is this one. */
    static @Nullable OtherCopy find() {
        try {
            Class<?> theirs = their(ProcessContainers.class, ClassLoader.getSystemClassLoader());
            return theirs == ProcessContainers.class ? null : new OtherCopy(theirs);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null; // no agent, or one of a version that has not all of this
        }
    }

    /** Whether the agent runs. */
    boolean isConnected() {
        try {
            return (boolean) isConnected.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public PidResolver resolver() {
        return pid -> {
            try {
                return answer(pid, (Object) resolve.invokeExact(pid));
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }

    @Override
    public Resolution peerOf(Object channel) {
        try {
            return answer(0, (Object) peerOf.invokeExact(channel));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public void report(long pid) {
        try {
            report.invokeExact(pid);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public @Nullable ContainerScope openScope(long pid) {
        try {
            return scope((AutoCloseable) scopeOfPid.invokeExact(pid));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public @Nullable ContainerScope openScope(Resolution resolution) {
        try {
            return scope((AutoCloseable) scopeOfResolution.invokeExact(toTheirs.translate(resolution)));
        } catch (Translation.Failure e) {
            return null;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private Resolution answer(long pid, Object theirs) {
        try {
            return (Resolution) toOurs.translate(theirs);
        } catch (Translation.Failure e) {
            return new Resolution.Unanswered(pid, "the agent's API is of another version: " + e.getMessage());
        }
    }

    private @Nullable ContainerScope scope(AutoCloseable theirs) {
        return theirs == theirNoScope ? null : new OtherScope(theirs);
    }

    private static Class<?> their(Class<?> ours, ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(ours.getName(), true, loader);
    }

    private static MethodHandle handle(Method method, Class<?> result, Class<?>... parameters)
            throws IllegalAccessException {
        return MethodHandles.publicLookup().unreflect(method).asType(MethodType.methodType(result, parameters));
    }

    /** The API throws nothing but what its callers are to see. */
    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException expected ? expected : new IllegalStateException(failure);
    }

    /** A scope of the other copy. */
    private record OtherScope(AutoCloseable theirs) implements ContainerScope {
        @Override
        public void close() {
            try {
                theirs.close();
            } catch (Exception e) {
                throw unexpected(e);
            }
        }
    }
}
