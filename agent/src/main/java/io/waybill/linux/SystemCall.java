// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/** The one native function that the agent calls: {@code syscall(2)} of the C library, for calls that return at once. */
interface SystemCall {
    /**
     * Makes a system call. What a call takes no argument for is ignored by the kernel.
     *
     * @param scratch memory lent to the calling thread, in which the binding may keep the errno
     * @param number the number of the call on this architecture
     * @return what it returned, or minus the errno
     */
    long call(Scratch scratch, long number, long a, long b, long c, long d, long e);

    /** Native memory that this binding can pass to the kernel. */
    Scratch newScratch();

    /** What it is bound with, for {@code doctor} and messages. */
    String name();

    /**
     * The best binding there is: the JDK's own from 22 on, otherwise JNA.
     *
     * @throws ReflectiveOperationException if the JDK's binding is not as it should be
     * @throws LinkageError if JNA cannot unpack or load its library
     */
    static SystemCall load() throws ReflectiveOperationException {
        return Runtime.version().feature() >= 22 ? FfmSystemCall.link() : JnaSystemCall.link();
    }
}
