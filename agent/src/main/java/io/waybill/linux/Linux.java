// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/** The kernel under this JVM. Opens what has descriptors; the calls on those are made here, each once. */
public final class Linux {
    private static final int AT_FDCWD = -100;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;

    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;

    private Linux(SystemCall binding, SyscallNumbers numbers) {
        this.binding = binding;
        this.scratches = new Scratch.Pool(binding);
        this.numbers = numbers;
    }

    /**
     * Binds the C library: through {@code java.lang.foreign} from JDK 22 on, otherwise through JNA.
     *
     * @throws NativeAccessException if neither can be had, for instance where JNA cannot unpack its library
     */
    public static Linux load() throws NativeAccessException {
        try {
            return over(SystemCall.load());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new NativeAccessException(e);
        }
    }

    static Linux over(SystemCall binding) {
        return new Linux(binding, SyscallNumbers.of(System.getProperty("os.arch", "")));
    }

    /** What system calls are made through: {@code FFM} or {@code JNA}. */
    public String binding() {
        return binding.name();
    }

    /**
     * Opens a process, which keeps its number from meaning another one here.
     *
     * @param pid a process id as this JVM sees it
     * @throws LinuxException ESRCH if there is none, EINVAL if it is a thread's id, ENOSYS before Linux 5.3
     */
    public PidFd openProcess(long pid) throws LinuxException {
        long fd = call(SyscallNumbers.PIDFD_OPEN, pid, 0, 0);
        if (fd < 0) {
            throw failure("pidfd_open of " + pid, fd);
        }
        return new PidFd(this, (int) fd, pid);
    }

    /**
     * Opens a namespace by a file that stands for it.
     *
     * @param path such as {@code /proc/self/ns/pid}
     * @throws LinuxException ENOENT or ESRCH if the process ended, EACCES if it may not be traced by this one
     */
    public NamespaceFd openNamespace(String path) throws LinuxException {
        Scratch scratch = scratches.take();
        try {
            long fd = binding.call(scratch, numbers.openat(), AT_FDCWD, scratch.path(path), O_RDONLY | O_CLOEXEC, 0, 0);
            if (fd < 0) {
                throw failure("open of " + path, fd);
            }
            return new NamespaceFd(this, (int) fd);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /** An ioctl whose argument is a number or nothing; what it returned, or minus the errno. */
    long ioctl(int fd, int request, long argument) {
        return call(numbers.ioctl(), fd, request & 0xffffffffL, argument);
    }

    /** An ioctl that writes a 64-bit number. */
    long ioctlWriting(int fd, int request, String name) throws LinuxException {
        Scratch scratch = scratches.take();
        try {
            long result = binding.call(scratch, numbers.ioctl(), fd, request & 0xffffffffL, scratch.address(), 0, 0);
            if (result < 0) {
                throw failure("ioctl " + name, result);
            }
            return scratch.memory().getLong(0);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /**
     * Device and inode of what a descriptor is open on.
     *
     * <p>{@code struct stat} begins with st_dev and st_ino, 64 bits each, on x86-64 (arch/x86/include/uapi/asm/stat.h)
     * and aarch64 (include/uapi/asm-generic/stat.h).
     */
    <T> T stat(int fd, StatReader<T> reader) throws LinuxException {
        Scratch scratch = scratches.take();
        try {
            long result = binding.call(scratch, numbers.fstat(), fd, scratch.address(), 0, 0, 0);
            if (result < 0) {
                throw failure("fstat", result);
            }
            ByteBuffer memory = scratch.memory();
            return reader.read(memory.getLong(0), memory.getLong(8));
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /** Whether a descriptor is readable now; ppoll, since aarch64 has no poll. */
    boolean isReadable(int fd) {
        Scratch scratch = scratches.take();
        try {
            ByteBuffer memory = scratch.memory();
            memory.putInt(0, fd).putShort(4, POLLIN).putShort(6, (short) 0);
            memory.putLong(8, 0).putLong(16, 0);
            long ready = binding.call(scratch, numbers.ppoll(), scratch.address(), 1, scratch.address() + 8, 0, 0);
            return ready > 0 && memory.getShort(6) != 0;
        } finally {
            scratches.giveBack(scratch);
        }
    }

    void close(int fd) {
        call(numbers.close(), fd, 0, 0);
    }

    LinuxException failure(String call, long result) {
        return new LinuxException(call, new Errno((int) -result));
    }

    private long call(long number, long a, long b, long c) {
        Scratch scratch = scratches.take();
        try {
            return binding.call(scratch, number, a, b, c, 0, 0);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /** Makes a value of device and inode without a detour over an array. */
    interface StatReader<T> {
        T read(long device, long inode);
    }
}
