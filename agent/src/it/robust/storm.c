// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
//   storm
//
// A container that forks and renames without end, to be the init of a pid namespace: says "ready", then starts children as
// fast as it can. Each takes names of escape sequences, wildcards and line ends, one after the other, starts itself again
// under such a name (which is what the kernel's process events tell of), and ends; a few at a time stay for a while. Ends
// when its standard input does.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *names[] = {"\033[2J", "a\nb: c", "*?,=\"", "<b>", "=1+1", "\377\376", "", "(sd-pam) 1 2"};
enum { NAMES = sizeof names / sizeof *names, RENAMES = 200, AT_ONCE = 16 };

static void child(char *program, unsigned number) {
    for (int i = 0; i < RENAMES; i++) prctl(PR_SET_NAME, names[(number + i) % NAMES]);
    char *arguments[] = {(char *)names[number % NAMES], "again", NULL};
    execv(program, arguments);
    _exit(1);
}

static void again(void) {
    struct timespec moment = {0, 3000000};
    for (int i = 0; i < RENAMES; i++) prctl(PR_SET_NAME, names[i % NAMES]);
    nanosleep(&moment, NULL);
    _exit(0);
}

int main(int count, char **words) {
    if (count == 2 && !strcmp(words[1], "again")) again();
    char program[4096] = {0};
    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0) return 1;
    struct pollfd end = {0, POLLIN, 0};
    int alive = 0;
    puts("ready");
    fflush(stdout);
    for (unsigned number = 0; poll(&end, 1, 0) == 0; number++) {
        pid_t made = fork();
        if (made == 0) child(program, number);
        if (made > 0) alive++;
        while (alive > 0 && waitpid(-1, NULL, alive >= AT_ONCE || made < 0 ? 0 : WNOHANG) > 0) alive--;
    }
    return 0;
}
