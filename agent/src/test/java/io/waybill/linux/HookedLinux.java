// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.util.Set;
import java.util.function.BooleanSupplier;

/** The kernel, with something done before each system call that is made of it. */
public final class HookedLinux {
    private static final long ANY = -1;

    private HookedLinux() {}

    /**
     * The kernel as it is.
     *
     * @param before is run before each call
     */
    public static Linux of(Runnable before) throws ReflectiveOperationException {
        return Linux.over(new Hooked(SystemCall.load(), ANY, before, false));
    }

    /**
     * The kernel as it is.
     *
     * @param number of the call that this is run before
     */
    public static Linux before(long number, Runnable before) throws ReflectiveOperationException {
        return Linux.over(new Hooked(SystemCall.load(), number, before, false));
    }

    /** The kernel as a seccomp filter leaves it that forbids ioctl, so that /proc has to tell. */
    public static Linux withoutIoctl(Runnable before) throws ReflectiveOperationException {
        return Linux.over(new Hooked(SystemCall.load(), ANY, before, true));
    }

    /**
     * The kernel as it is where this JVM has used up its descriptors.
     *
     * @param none tells for each call that makes one whether there is none left
     */
    public static Linux withoutDescriptor(BooleanSupplier none) throws ReflectiveOperationException {
        return Linux.over(new Short(SystemCall.load(), none));
    }

    private record Short(SystemCall kernel, BooleanSupplier none) implements SystemCall {
        private static final long EMFILE = 24;
        private static final Set<Long> OPENING_IOCTLS = Set.of(0xb702L, 0xff05L);

        @Override
        public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
            SyscallNumbers numbers = SyscallNumbers.of(System.getProperty("os.arch"));
            boolean opens = number == numbers.openat()
                    || number == SyscallNumbers.PIDFD_OPEN
                    || (number == numbers.ioctl() && OPENING_IOCTLS.contains(b));
            return opens && none.getAsBoolean() ? -EMFILE : kernel.call(scratch, number, a, b, c, d, e);
        }

        @Override
        public Scratch newScratch() {
            return kernel.newScratch();
        }

        @Override
        public String name() {
            return kernel.name();
        }
    }

    private record Hooked(SystemCall kernel, long hooked, Runnable before, boolean forbidsIoctl) implements SystemCall {
        private static final long EPERM = 1;

        @Override
        public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
            if (hooked == ANY || hooked == number) {
                before.run();
            }
            boolean forbidden = forbidsIoctl
                    && number
                            == SyscallNumbers.of(System.getProperty("os.arch")).ioctl();
            return forbidden ? -EPERM : kernel.call(scratch, number, a, b, c, d, e);
        }

        @Override
        public Scratch newScratch() {
            return kernel.newScratch();
        }

        @Override
        public String name() {
            return kernel.name();
        }
    }
}
