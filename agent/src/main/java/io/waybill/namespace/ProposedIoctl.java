// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;
import io.waybill.linux.Errno;
import io.waybill.linux.NamespaceFd;

/**
 * {@code NS_GET_INIT_PID} as a kernel patch of 2020 proposed it.
 *
 * <p>It is asked on a proven pid namespace only, since in some kernels its number means another request on others. It
 * answers with the namespace's child reaper, which the kernel never clears: 0 if that is reaped or not visible, a
 * stranger's number once its memory was reused, and the id of a thread if init's leader has ended. The first is an answer
 * of its own here; the other two are found out by {@link InitVerifier}.
 */
record ProposedIoctl() implements InitLookup {
    @Override
    public InitWay way() {
        return InitWay.NS_GET_INIT_PID;
    }

    @Override
    public InitAnswer find(OpenNamespace namespace) {
        NamespaceFd fd = namespace.fd();
        if (fd == null) {
            return new InitAnswer.Unsupported("the C library cannot be called");
        }
        if (!fd.isPidNamespace()) {
            return new InitAnswer.Unsupported("NS_GET_NSTYPE does not prove a pid namespace");
        }
        long answer = fd.askInitPid();
        if (answer > 0) {
            return new InitAnswer.Candidate(answer);
        }
        if (answer == 0) {
            return new InitAnswer.Nobody("it answered 0: init is reaped, or not visible from here");
        }
        Errno errno = new Errno((int) -answer);
        if (errno.equals(Errno.ESRCH)) {
            return new InitAnswer.Nobody(errno.toString());
        }
        return errno.isRefusal()
                ? new InitAnswer.Refused(errno + "; CAP_SYS_ADMIN over the namespace's owner is missing")
                : new InitAnswer.Unsupported(errno.toString());
    }
}
