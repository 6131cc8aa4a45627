// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// short-lived ROUNDS: makes namespaces of an init and a member one after the other, and ends each while it is being
// looked at. In each round it prints "INIT MEMBER", kills init a moment later, which ends the member too, reaps it, and
// starts and ends other processes, which get its memory. The reader answers each round with a line once he has looked; in
// every other round the moment begins only then.
#include "facts.h"
#include <time.h>

static long child_of(pid_t pid) {
    char path[64], text[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    for (;;) {
        int fd = open_or_die(path);
        ssize_t length = read(fd, text, sizeof text - 1);
        close(fd);
        text[length > 0 ? length : 0] = 0;
        if (atol(text) > 0)
            return atol(text);
        sched_yield();
    }
}

/* Another moment each round, up to 20 ms. */
static void moment(int round) {
    struct timespec time = {0, round % 51 * 400000L};
    nanosleep(&time, NULL);
}

static int with_member(void *unused) {
    start(forever, SIGCHLD);
    return forever(unused);
}

static int ended(void *unused) {
    return unused != NULL;
}

int main(int count, char **arguments) {
    for (int round = 0; round < (count > 1 ? atoi(arguments[1]) : 1); round++) {
        pid_t init = start(with_member, CLONE_NEWPID | SIGCHLD);
        printf("%d %ld\n", init, child_of(init));
        fflush(stdout);
        if (round % 2 == 0)
            wait_for_reader();
        moment(round);
        kill(init, SIGKILL);
        if (waitpid(init, NULL, 0) != init)
            die("waitpid");
        for (int i = 0; i < 3; i++) {
            pid_t other = start(ended, SIGCHLD);
            if (waitpid(other, NULL, 0) != other)
                die("waitpid");
        }
        if (round % 2)
            wait_for_reader();
    }
    return 0;
}
