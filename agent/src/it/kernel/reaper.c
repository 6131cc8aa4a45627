// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// reaper CASE NAMESPACES BATCHES: makes the cases in which NS_GET_INIT_PID answers with something that is not the init.
//
//   reaped        init has ended and was reaped; the namespace lives on by a descriptor
//   reused        so, and then new processes were given the memory that had been that of the inits
//   killed        a threaded init was killed, its leader first, and is not yet reaped
//   leader-ended  the leader of a threaded init has ended, another thread lives on
//   invisible     asked from a namespace below, where init has no number; here the rest is a command to run
//
// Prints a line for each namespace, "." after each batch, and then waits for a line:
//
//   5   4026532281  4711    4026531836  0
//   (1) (2)         (3)     (4)         (5)
// (1) descriptor of the namespace in this process  (2) its inode  (3) what the bare ioctl returns, or minus errno
// (4) inode of the namespace that process (3) is in, 0 if there is none  (5) the living init, 0 if there is none
#include "facts.h"
#include <time.h>

/* A leader that starts a thread and ends, itself alone. */
static int leave_thread(void *unused) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    start(forever, CLONE_THREAD | CLONE_SIGHAND);
    syscall(SYS_exit, 0);
    return unused != NULL;
}

/* Waits until the leader of a process is a zombie: "4711 (reaper) Z 1 …". */
static void await_zombie(pid_t pid) {
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    for (;;) {
        int fd = open_or_die(path);
        ssize_t length = read(fd, text, sizeof text - 1);
        close(fd);
        text[length > 0 ? length : 0] = 0;
        char *end = strrchr(text, ')');
        if (end && end[1] && end[2] == 'Z')
            return;
        sched_yield();
    }
}

static void fact(int namespace, pid_t init) {
    struct stat s;
    if (fstat(namespace, &s))
        die("fstat");
    long answer = ask(namespace);
    printf("%d %lu %ld %lu %d\n", namespace, (unsigned long) s.st_ino, answer, namespace_of(answer), init);
}

static void end(pid_t pid) {
    kill(pid, SIGKILL);
    if (waitpid(pid, NULL, 0) != pid)
        die("waitpid");
}

static void batch(const char *name, int count) {
    int reused = !strcmp(name, "reused"), killed = !strcmp(name, "killed"), leader = !strcmp(name, "leader-ended");
    int strangers = reused ? count + 20 : 0;
    int namespaces[count];
    pid_t inits[count], others[strangers + 1];
    for (int i = 0; i < count; i++) {
        inits[i] = start(killed || leader ? leave_thread : forever, CLONE_NEWPID | SIGCHLD);
        namespaces[i] = open_namespace(inits[i]);
        if (killed || leader)
            await_zombie(inits[i]);
        if (killed) {
            siginfo_t info;
            kill(inits[i], SIGKILL);
            if (waitid(P_PID, inits[i], &info, WEXITED | WNOWAIT)) /* the last thread has ended */
                die("waitid");
        }
    }
    if (!killed && !leader)
        for (int i = 0; i < count; i++)
            end(inits[i]);
    if (reused) /* the memory is given back once no reader can have it in his hands */
        nanosleep(&(struct timespec) {0, 20000000}, NULL);
    for (int i = 0; i < strangers; i++)
        others[i] = start(forever, SIGCHLD);
    for (int i = 0; i < count; i++)
        fact(namespaces[i], leader ? inits[i] : 0);
    puts(".");
    wait_for_reader();
    for (int i = 0; i < strangers; i++)
        end(others[i]);
    for (int i = 0; i < count; i++) {
        close(namespaces[i]);
        if (killed || leader)
            end(inits[i]);
    }
}

/* Runs a command one namespace below, with our own namespace on descriptor 9. */
static int below(char **command) {
    int own = open_or_die("/proc/self/ns/pid");
    pid_t pid = fork_init();
    if (pid == 0) {
        if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)
            || mount("proc", "/proc", "proc", 0, NULL) || dup2(own, 9) < 0)
            die("a procfs of the namespace below");
        fact(9, 0);
        puts(".");
        fflush(stdout);
        execvp(command[0], command);
        die(command[0]);
    }
    int status;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

int main(int count, char **arguments) {
    if (count < 4 && !(count > 2 && !strcmp(arguments[1], "invisible"))) {
        fprintf(stderr, "usage: reaper CASE NAMESPACES BATCHES | reaper invisible COMMAND…\n");
        return 2;
    }
    if (!strcmp(arguments[1], "invisible"))
        return below(arguments + 2);
    int namespaces = atoi(arguments[2]);
    if (namespaces < 1 || namespaces > 100) /* so many stacks */
        return 2;
    for (int i = 0; i < atoi(arguments[3]); i++)
        batch(arguments[1], namespaces);
    return 0;
}
