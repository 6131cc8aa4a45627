// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The binding through {@code java.lang.foreign}, final since JDK 22 (JEP 454).
 *
 * <p>Compiled for 17, which lacks that package: the handle is linked by reflection, once, and kept in a constant, so that
 * the compiled call is the same as one written against the package. The linker captures errno into memory of ours.
 */
final class FfmSystemCall implements SystemCall {
    private static final int ERRNO_BYTES = 16;

    /** (Object errno, long number, long a, b, c, d, e) long. */
    private static final MethodHandle SYSCALL;

    private static final MethodHandle SEGMENT_OF_BUFFER;
    private static final MethodHandle ADDRESS_OF_SEGMENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            SEGMENT_OF_BUFFER = lookup.findStatic(
                            segment, "ofBuffer", MethodType.methodType(segment, java.nio.Buffer.class))
                    .asType(MethodType.methodType(Object.class, ByteBuffer.class));
            ADDRESS_OF_SEGMENT = lookup.findVirtual(segment, "address", MethodType.methodType(long.class))
                    .asType(MethodType.methodType(long.class, Object.class));
            SYSCALL = downcall()
                    .asType(MethodType.methodType(
                            long.class,
                            Object.class,
                            long.class,
                            long.class,
                            long.class,
                            long.class,
                            long.class,
                            long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private FfmSystemCall() {}

    static SystemCall link() {
        return new FfmSystemCall();
    }

    @Override
    public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
        try {
            long result = (long) SYSCALL.invokeExact(scratch.errnoSegment(), number, a, b, c, d, e);
            return result == -1 ? -scratch.memory().getInt(Scratch.SIZE) : result;
        } catch (Throwable t) {
            throw new IllegalStateException("calling syscall through java.lang.foreign", t);
        }
    }

    /** The errno lies behind what the calls use. */
    @Override
    public Scratch newScratch() {
        ByteBuffer memory =
                ByteBuffer.allocateDirect(Scratch.SIZE + ERRNO_BYTES).order(ByteOrder.nativeOrder());
        try {
            Object errno = (Object) SEGMENT_OF_BUFFER.invokeExact(memory.slice(Scratch.SIZE, ERRNO_BYTES));
            Object all = (Object) SEGMENT_OF_BUFFER.invokeExact(memory);
            return new Scratch(memory, (long) ADDRESS_OF_SEGMENT.invokeExact(all), errno);
        } catch (Throwable t) {
            throw new IllegalStateException("making a segment of a direct buffer", t);
        }
    }

    @Override
    public String name() {
        return "FFM";
    }

    /** What {@code Linker.nativeLinker().downcallHandle(symbol, of(JAVA_LONG, …), …)} gives. */
    private static MethodHandle downcall() throws ReflectiveOperationException {
        Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
        Class<?> optionType = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> lookupType = Class.forName("java.lang.foreign.SymbolLookup");
        Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> layoutType = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
        Object javaLong = Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_LONG")
                .get(null);
        Object linker = linkerType.getMethod("nativeLinker").invoke(null);
        Object libc = linkerType.getMethod("defaultLookup").invoke(linker);
        Object found = lookupType.getMethod("find", String.class).invoke(libc, "syscall");
        Object symbol =
                ((Optional<?>) found).orElseThrow(() -> new NoSuchMethodException("the C library has no syscall()"));

        Object sixLongs = Array.newInstance(layoutType, 6);
        for (int i = 0; i < 6; i++) {
            Array.set(sixLongs, i, javaLong);
        }
        Object descriptor =
                descriptorType.getMethod("of", layoutType, sixLongs.getClass()).invoke(null, javaLong, sixLongs);
        Object options = Array.newInstance(optionType, 2);
        Array.set(
                options,
                0,
                optionType.getMethod("captureCallState", String[].class).invoke(null, (Object) new String[] {"errno"}));
        Array.set(
                options, 1, optionType.getMethod("firstVariadicArg", int.class).invoke(null, 1));
        return (MethodHandle) linkerType
                .getMethod("downcallHandle", segmentType, descriptorType, options.getClass())
                .invoke(linker, symbol, descriptor, options);
    }
}
