// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// rights: what the bare ioctl NS_GET_INIT_PID answers to root and to a user without rights, a line each: what was asked,
// and what it returned, or minus errno.
#include "facts.h"

static void fact(const char *what, int fd) {
    printf("%s\t%ld\n", what, ask(fd));
    fflush(stdout);
}

int main(void) {
    int own = open_or_die("/proc/self/ns/pid");
    int life[2];
    char none;
    if (pipe(life))
        die("pipe");
    pid_t init = fork_init();
    if (init == 0) { /* ends with us: the signal of a parent without rights would not reach it */
        close(life[1]);
        _exit(read(life[0], &none, 1) != 0);
    }
    int foreign = open_namespace(init);
    int path = open("/proc/self/ns/pid", O_PATH);
    fact("own, root", own);
    printf("foreign, root\t%s\n", ask(foreign) == init ? "init" : "another");
    fact("mount namespace", open_or_die("/proc/self/ns/mnt"));
    fact("plain file", open_or_die("/proc/self/stat"));
    fact("O_PATH", path);
    if (setgid(65534) || setuid(65534))
        die("setuid");
    fact("own, nobody", own);
    fact("foreign, nobody", foreign);
    return 0;
}
