// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes a pid namespace of two processes, and ends it in the way it is told to on standard input, one word a line:
//
//   new      a namespace: init, with a second thread, and a child of it
//   kill     init is killed and reaped
//   zombie   init is killed, and not reaped
//   leader   the leader thread of init ends, the other goes on
//   bind     a bind mount holds the namespace open, then as kill
//   swap     as kill; then a second namespace takes the numbers of the first: its init that of the child and the
//            reverse
//   end      what lives is killed and reaped
//
// Each word is answered by one line once it is done: "INIT CHILD INODE" after new and swap, otherwise "done". Numbers
// are those of the farm's own namespace. Needs CAP_SYS_ADMIN.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t init, child;
static int to_leader[2], from_inside[2];
static char held[] = "/tmp/waybill-farm-XXXXXX";
static int mounted;

static void fail(const char *what) {
    fprintf(stderr, "farm: %s: %s\n", what, strerror(errno));
    exit(1);
}

static pid_t clone_as(uint64_t flags, pid_t *numbers, int count) {
    struct clone_args args = {.flags = flags, .exit_signal = SIGCHLD};
    if (numbers) {
        args.set_tid = (uint64_t)(uintptr_t)numbers;
        args.set_tid_size = count;
    }
    return syscall(SYS_clone3, &args, sizeof args);
}

static void *second_thread(void *unused) {
    for (;;) pause();
    return unused;
}

// The procfs is the farm's own, so it speaks the numbers outside.
static pid_t own_number(void) {
    char link[32] = {0};
    if (readlink("/proc/self", link, sizeof link - 1) < 0) fail("/proc/self");
    return atoi(link);
}

static void run_child(void) {
    pid_t number = own_number();
    if (write(from_inside[1], &number, sizeof number) < 0) fail("write");
    for (;;) pause();
}

static void run_init(pid_t *child_numbers) {
    pthread_t thread;
    char word;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (pthread_create(&thread, NULL, second_thread, NULL)) fail("pthread_create");
    // with its own numbers the thread may have taken the child's inside: any will do there
    pid_t made = clone_as(0, child_numbers, child_numbers ? 2 : 0);
    if (made < 0) fail("clone3 of the child");
    if (made == 0) run_child();
    if (read(to_leader[0], &word, 1) == 1) syscall(SYS_exit, 0);
    for (;;) pause();
}

static void make(pid_t wanted_init, pid_t wanted_child) {
    pid_t init_numbers[] = {1, wanted_init};
    pid_t child_numbers[] = {50, wanted_child};
    pid_t *wanted = wanted_init ? init_numbers : NULL;
    init = clone_as(CLONE_NEWPID, wanted, wanted ? 2 : 0);
    if (init < 0) fail("clone3 of init");
    if (init == 0) run_init(wanted ? child_numbers : NULL);
    if (read(from_inside[0], &child, sizeof child) != sizeof child) fail("read");
    char path[64];
    struct stat file;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", init);
    if (stat(path, &file)) fail(path);
    printf("%d %d %lu\n", init, child, (unsigned long)file.st_ino);
}

static void reap(void) {
    if (init) {
        kill(init, SIGKILL);
        waitpid(init, NULL, 0);
        init = 0;
    }
    if (mounted) umount2(held, MNT_DETACH);
    mounted = 0;
}

static void leave_zombie(void) {
    siginfo_t info;
    kill(init, SIGKILL);
    if (waitid(P_PID, init, &info, WEXITED | WNOWAIT)) fail("waitid");
}

static void end_leader(void) {
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/stat", init);
    if (write(to_leader[1], "x", 1) != 1) fail("write");
    for (;;) {
        FILE *stat = fopen(path, "r");
        if (!stat || !fgets(text, sizeof text, stat)) fail(path);
        fclose(stat);
        char *state = strrchr(text, ')');
        if (state && state[2] == 'Z') return;
    }
}

static void bind_and_kill(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/pid", init);
    if (mount(path, held, NULL, MS_BIND, NULL)) fail("mount");
    kill(init, SIGKILL);
    waitpid(init, NULL, 0);
    init = 0;
    mounted = 1;
}

static void swap(void) {
    pid_t first_init = init, first_child = child;
    reap();
    make(first_child, first_init);
}

int main(void) {
    char word[32];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (pipe(to_leader) || pipe(from_inside)) fail("pipe");
    if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)) fail("private mounts");
    close(mkstemp(held));
    while (fgets(word, sizeof word, stdin)) {
        word[strcspn(word, "\n")] = 0;
        if (!strcmp(word, "new")) { make(0, 0); continue; }
        if (!strcmp(word, "swap")) { swap(); continue; }
        if (!strcmp(word, "kill") || !strcmp(word, "end")) reap();
        else if (!strcmp(word, "zombie")) leave_zombie();
        else if (!strcmp(word, "leader")) end_leader();
        else if (!strcmp(word, "bind")) bind_and_kill();
        else { fprintf(stderr, "farm: what is %s?\n", word); return 1; }
        puts("done");
    }
    reap();
    unlink(held);
    return 0;
}
