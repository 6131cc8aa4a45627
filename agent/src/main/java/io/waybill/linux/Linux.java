// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/** The kernel under this JVM. Opens what has descriptors; the calls on those are made here, each once. */
public final class Linux {
    private static final int AT_FDCWD = -100;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_DIRECTORY = System.getProperty("os.arch", "").equals("aarch64") ? 0x4000 : 0x10000;
    private static final long POLLIN = 1;
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
     * @param pid a process id as this JVM sees it; the kernel takes 32 bits of it, so a larger one is nobody's
     * @throws LinuxException ESRCH if there is none, EINVAL if it is a thread's id, ENOSYS before Linux 5.3
     */
    public PidFd openProcess(long pid) throws LinuxException {
        long fd = pid == (int) pid ? call(SyscallNumbers.PIDFD_OPEN, pid, 0, 0) : -Errno.ESRCH.number();
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
            return new NamespaceFd(this, (int) open(scratch, path, O_RDONLY | O_CLOEXEC));
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /**
     * Lists the entries of a folder whose names are numbers, in bulk: in a procfs, the processes, in ascending order.
     *
     * <p>The inode number of a process's folder is given anew when the kernel makes one, so that a recycled pid
     * never has that of its forerunner (fs/proc/base.c, proc_pid_make_inode).
     *
     * @param path such as {@code /proc}
     * @throws LinuxException if it cannot be opened or read
     */
    public void list(String path, NumberedEntries entries) throws LinuxException {
        Scratch scratch = scratches.take();
        long fd = -1;
        try {
            fd = open(scratch, path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
            long read = FolderListing.read(binding, numbers, scratch, fd, entries);
            if (read < 0) {
                throw failure("getdents64 of " + path, read);
            }
        } finally {
            scratches.giveBack(scratch);
            close((int) fd);
        }
    }

    /**
     * Reads a file whole, at most so much of it.
     *
     * @throws LinuxException ENOENT or ESRCH if it is not there, EACCES or EPERM if it may not be read
     */
    public byte[] readFile(String path, int limit) throws LinuxException {
        Scratch scratch = scratches.take();
        long fd = -1;
        try {
            fd = open(scratch, path, O_RDONLY | O_CLOEXEC);
            return WholeFile.read(binding, numbers, scratch, fd, limit);
        } finally {
            scratches.giveBack(scratch);
            close((int) fd);
        }
    }

    /**
     * Subscribes to the process connector.
     *
     * @throws LinuxException EPERM without CAP_NET_ADMIN before Linux 6.6 (drivers/connector/cn_proc.c), EPROTONOSUPPORT
     *     where the kernel has none, ETIMEDOUT where it does not answer, as outside the initial pid and user namespaces
     */
    public ProcessConnector connectProcesses() throws LinuxException {
        return ProcessConnector.open(this, binding, numbers);
    }

    /**
     * Opens what tells of the ends of processes.
     *
     * @throws LinuxException if there is no descriptor left
     */
    public ProcessEnds watchEnds() throws LinuxException {
        return ProcessEnds.open(this, binding, scratches, numbers);
    }

    /** The process at the other end of a Unix-domain socket; as {@link SocketPeer} has it. */
    public SocketPeer peerOf(int fd) throws LinuxException {
        return SocketPeer.ask(this, binding, scratches, numbers, fd);
    }

    /** What tells of folders made and removed; EMFILE if the user has no inotify instance left. */
    public FolderEvents watchFolders() throws LinuxException {
        return FolderEvents.open(this, binding, scratches, numbers);
    }

    /** The thread that calls. */
    public CallingThread callingThread() {
        return new CallingThread(binding, scratches, numbers);
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

    /** Whether a descriptor is readable now; by ppoll on aarch64, which has no poll. */
    boolean isReadable(int fd) {
        Scratch scratch = scratches.take();
        try {
            ByteBuffer memory = scratch.memory();
            // struct pollfd: fd 4, events 2, revents 2; both architectures are little-endian
            memory.putLong(0, (fd & 0xffffffffL) | (POLLIN << 32));
            long timeout = 0;
            if (!numbers.hasPoll()) {
                memory.putLong(8, 0).putLong(16, 0);
                timeout = scratch.address() + 8;
            }
            return binding.call(scratch, numbers.poll(), scratch.address(), 1, timeout, 0, 0) > 0;
        } finally {
            scratches.giveBack(scratch);
        }
    }

    void close(int fd) {
        if (fd >= 0) {
            call(numbers.close(), fd, 0, 0);
        }
    }

    LinuxException failure(String call, long result) {
        return new LinuxException(call, new Errno((int) -result));
    }

    private long open(Scratch scratch, String path, int flags) throws LinuxException {
        long fd = binding.call(scratch, numbers.openat(), AT_FDCWD, scratch.path(path), flags, 0, 0);
        if (fd < 0) {
            throw failure("open of " + path, fd);
        }
        return fd;
    }

    /** A call whose arguments are numbers. */
    long call(long number, long a, long b, long c) {
        Scratch scratch = scratches.take();
        try {
            return binding.call(scratch, number, a, b, c, 0, 0);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /** Is told of the entries of a folder. */
    public interface NumberedEntries {
        /**
         * An entry whose name is a number.
         *
         * @param number its name
         * @param inode its inode number
         */
        void entry(long number, long inode);
    }

    /** Makes a value of device and inode without a detour over an array. */
    interface StatReader<T> {
        T read(long device, long inode);
    }
}
