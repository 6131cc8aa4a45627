// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.util.Arrays;

/** A file read whole, in as many calls as it takes. What /proc has of a process fits into one buffer, mostly. */
final class WholeFile {
    private byte[] bytes = {};

    private WholeFile() {}

    static byte[] read(SystemCall binding, SyscallNumbers numbers, Scratch scratch, long fd, int limit)
            throws LinuxException {
        WholeFile file = new WholeFile();
        long read;
        do {
            long room = Math.min(Scratch.SIZE, limit - file.bytes.length);
            read = room == 0 ? 0 : binding.call(scratch, numbers.read(), fd, scratch.address(), room, 0, 0);
            if (read > 0) {
                file.append(scratch, (int) read);
            } else if (read < 0 && read != -Errno.EINTR.number()) {
                throw new LinuxException("read", new Errno((int) -read));
            }
        } while (read != 0);
        return file.bytes;
    }

    private void append(Scratch scratch, int length) {
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + length);
        scratch.memory().get(0, bytes, before, length);
    }
}
