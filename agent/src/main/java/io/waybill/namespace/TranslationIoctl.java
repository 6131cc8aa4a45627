// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;
import io.waybill.linux.Errno;
import io.waybill.linux.NamespaceFd;

/**
 * {@code NS_GET_TGID_FROM_PIDNS}, asked for pid 1; Linux 6.11. It answers with the leader also when init's leader thread
 * has ended, and checks no rights of its own. It goes by the namespace's table of numbers, so it cannot name a dead init.
 */
record TranslationIoctl() implements InitLookup {
    @Override
    public InitWay way() {
        return InitWay.NS_GET_TGID_FROM_PIDNS;
    }

    @Override
    public InitAnswer find(OpenNamespace namespace) {
        NamespaceFd fd = namespace.fd();
        if (fd == null) {
            return new InitAnswer.Unsupported("the C library cannot be called");
        }
        long answer = fd.askTgid(1);
        if (answer > 0) {
            return new InitAnswer.Candidate(answer);
        }
        Errno errno = new Errno((int) -answer);
        if (answer == 0 || errno.equals(Errno.ESRCH)) {
            return new InitAnswer.Nobody(errno + ": pid 1 of the namespace is reaped, or not visible from here");
        }
        return errno.isRefusal()
                ? new InitAnswer.Refused(errno.toString())
                : new InitAnswer.Unsupported(errno.toString());
    }

    /**
     * The number is looked up afresh, and a namespace whose pid 1 is reaped never has another (kernel/pid.c,
     * disable_pid_allocation). So if it is still the same number, that number meant init all the while.
     */
    @Override
    public boolean confirms(OpenNamespace namespace, long pid) {
        NamespaceFd fd = namespace.fd();
        return fd != null && fd.askTgid(1) == pid;
    }
}
