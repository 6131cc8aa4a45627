// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.util.Set;
import java.util.function.BooleanSupplier;

/** The kernel, with something done before each system call that is made of it. */
public final class HookedLinux {
    private static final SyscallNumbers NUMBERS = SyscallNumbers.of(System.getProperty("os.arch"));
    private static final Set<Long> OPENING_IOCTLS = Set.of(0xb702L, 0xff05L);

    private HookedLinux() {}

    /**
     * The kernel as it is.
     *
     * @param before is run before each call
     */
    public static Linux of(Runnable before) throws ReflectiveOperationException {
        return over((number, request) -> {
            before.run();
            return 0;
        });
    }

    /**
     * The kernel as it is.
     *
     * @param number of the call that this is run before
     */
    public static Linux before(long number, Runnable before) throws ReflectiveOperationException {
        return over((called, request) -> {
            if (called == number) {
                before.run();
            }
            return 0;
        });
    }

    /** The kernel as a seccomp filter leaves it that forbids ioctl, so that /proc has to tell. */
    public static Linux withoutIoctl(Runnable before) throws ReflectiveOperationException {
        return over((number, request) -> {
            before.run();
            return number == NUMBERS.ioctl() ? Errno.EPERM.number() : 0;
        });
    }

    /**
     * The kernel as it is where this JVM has used up its descriptors.
     *
     * @param none tells for each call that makes one whether there is none left
     */
    public static Linux withoutDescriptor(BooleanSupplier none) throws ReflectiveOperationException {
        return over((number, request) -> {
            boolean opens = number == NUMBERS.openat()
                    || number == SyscallNumbers.PIDFD_OPEN
                    || (number == NUMBERS.ioctl() && OPENING_IOCTLS.contains(request));
            return opens && none.getAsBoolean() ? Errno.EMFILE.number() : 0;
        });
    }

    private static Linux over(Hook hook) throws ReflectiveOperationException {
        return Linux.over(new Hooked(SystemCall.load(), hook));
    }

    /** What comes before a call. */
    private interface Hook {
        /**
         * Answers the error that the call has instead of being made, or 0.
         *
         * @param request the second argument
         */
        long before(long number, long request);
    }

    private record Hooked(SystemCall kernel, Hook hook) implements SystemCall {
        @Override
        public long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
            long error = hook.before(number, b);
            return error == 0 ? kernel.call(scratch, number, a, b, c, d, e) : -error;
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
