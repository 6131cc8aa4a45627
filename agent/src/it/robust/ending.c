// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
//   ending leader   a process whose leader has ended, while another of its threads goes on
//   ending init     the init of a pid namespace that has begun to end and cannot get on: it has to reap its child first, which
//                   was killed while this process traced it
//
// Prints the pid of that process once it is so, and holds it until standard input ends.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PF_EXITING 4

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void *forever(void *unused) {
    for (;;) pause();
    return unused;
}

static void leaderless(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, forever, NULL)) _exit(1);
    syscall(SYS_exit, 0);
}

static void parent(void) {
    if (fork() < 0) _exit(1);
    forever(NULL);
}

// "4711 (ending) S 4690 4711 4690 0 -1 4194304 ..."
static int is_exiting(pid_t pid) {
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    unsigned flags = 0;
    if (!file || !fgets(line, sizeof line, file)) fail(path);
    fclose(file);
    sscanf(strrchr(line, ')') + 1, " %*c %*d %*d %*d %*d %*d %u", &flags);
    return flags & PF_EXITING;
}

static pid_t child_of(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    for (int child;;) {
        FILE *file = fopen(path, "r");
        if (!file) fail(path);
        int count = fscanf(file, "%d", &child);
        fclose(file);
        if (count == 1) return child;
    }
}

int main(int count, char **words) {
    int init = count == 2 && !strcmp(words[1], "init");
    pid_t pid = syscall(SYS_clone, (init ? CLONE_NEWPID : 0) | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid < 0) fail("clone");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        init ? parent() : leaderless();
    }
    if (init) {
        if (ptrace(PTRACE_SEIZE, child_of(pid), NULL, NULL)) fail("ptrace");
        kill(pid, SIGKILL);
    }
    while (!is_exiting(pid)) usleep(1000);
    printf("%d\n", pid);
    fflush(stdout);
    while (getchar() != EOF) {}
    kill(pid, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0) {} // the traced one first, and then its parent
    return 0;
}
