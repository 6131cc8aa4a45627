// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The binding through JNA's direct mapping, for JDKs before 22. */
final class JnaSystemCall implements SystemCall {
    private JnaSystemCall() {}

    static SystemCall link() {
        Native.register(JnaSystemCall.class, NativeLibrary.getProcess());
        return new JnaSystemCall();
    }

    /** On Linux x86-64 and aarch64 variadic arguments that are integers are passed as others are. */
    private static native long syscall(long number, long a, long b, long c, long d, long e);

    @Override
    public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
        long result = syscall(number, a, b, c, d, e);
        return result == -1 ? -Native.getLastError() : result;
    }

    @Override
    public Scratch newScratch() {
        ByteBuffer memory = ByteBuffer.allocateDirect(Scratch.SIZE).order(ByteOrder.nativeOrder());
        return new Scratch(memory, Pointer.nativeValue(Native.getDirectBufferPointer(memory)), null);
    }

    @Override
    public String name() {
        return "JNA";
    }
}
