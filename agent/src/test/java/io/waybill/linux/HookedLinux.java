// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

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
