// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
//   churn TABLE NAMESPACES PROCESSES
//
// Keeps NAMESPACES pid namespaces going, in which processes are born and end, until PROCESSES have been born; a namespace
// whose init has had its share ends, and another takes its place. Every process reports itself in TABLE, a file that the
// checker maps too: one row for each number it can have outside, overwritten by the next process of that number.
//
//   word 0   the serial number of the process; 0 while the row is written
//   word 1   the inode of its pid namespace, as /proc/self/ns/pid says
//   word 2   the number of that namespace's init outside, as init itself read it from /proc/self
//   word 3   its number inside, as getpid says
//   word 4   1 from the moment on when it decided to end
//   word 5   the serial number of its init, with which it ends at the latest
//   word 6   in the row of an init: how many of its children have reported themselves
//
// There are four rows for each number, used in turn, so that the last four processes of a number can be looked up. Row 0
// is the program's own: word 0 the processes born, word 1 the namespaces made, word 2 set once all is over.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 8, ROWS = 4, NUMBERS = 32768, SHARE = 40, AT_ONCE = 2 };
typedef _Atomic uint64_t word;
static word *table;
static uint64_t wanted;
static uint32_t seed;

static void fail(const char *what) {
    fprintf(stderr, "churn: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint32_t chance(uint32_t below) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

static void rest(long microseconds) {
    struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
    nanosleep(&time, NULL);
}

// The procfs is the checker's, so it speaks the numbers outside.
static pid_t own_number(void) {
    char link[32] = {0};
    if (readlink("/proc/self", link, sizeof link - 1) < 0) fail("/proc/self");
    return atoi(link);
}

static uint64_t own_namespace(void) {
    struct stat file;
    if (stat("/proc/self/ns/pid", &file)) fail("/proc/self/ns/pid");
    return file.st_ino;
}

static word *report(pid_t number, pid_t init, uint64_t init_serial) {
    char name[16];
    if (number >= NUMBERS) fail("a number beyond the table");
    uint64_t serial = atomic_fetch_add(table, 1) + 1;
    word *rows = table + (size_t)number * ROWS * WORDS, *row = rows;
    for (int i = 1; i < ROWS; i++) {
        if (rows[i * WORDS] < *row) row = rows + i * WORDS;
    }
    snprintf(name, sizeof name, "churn%lu", (unsigned long)serial);
    prctl(PR_SET_NAME, name);
    atomic_store(row, 0);
    atomic_store(row + 1, own_namespace());
    atomic_store(row + 2, (uint64_t)init);
    atomic_store(row + 3, (uint64_t)getpid());
    atomic_store(row + 4, 0);
    atomic_store(row + 5, init_serial ? init_serial : serial);
    atomic_store(row + 6, 0);
    atomic_store(row, serial);
    return row;
}

static void short_life(pid_t init, word *init_row) {
    seed ^= (uint32_t)getpid() * 2654435761u;
    word *row = report(own_number(), init, *init_row);
    atomic_fetch_add(init_row + 6, 1);
    // one in thirty lives long enough for its answer to be remembered
    rest(chance(30) ? 1000 + chance(60000) : 2500000);
    atomic_store(row + 4, 1);
    _exit(0);
}

// Two inits of three wait for their children, the third takes them along.
static void run_init(void) {
    int alive = 0, born = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pid_t init = own_number();
    word *row = report(init, init, 0);
    for (int i = 0; i < SHARE && atomic_load(table) < wanted; i++) {
        pid_t child = fork();
        if (child == 0) short_life(init, row);
        if (child > 0) born++;
        if (child > 0 && ++alive >= AT_ONCE && waitpid(-1, NULL, 0) > 0) alive--;
        rest(chance(20000));
    }
    while (atomic_load(row + 6) < (uint64_t)born) rest(100);
    while (*row % 3 && alive-- > 0 && waitpid(-1, NULL, 0) > 0) continue;
    atomic_store(row + 4, 1);
    _exit(0);
}

static void make(void) {
    seed = seed * 1664525u + 1013904223u;
    pid_t made = syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);
    if (made == 0) run_init();
    if (made < 0) rest(1000); // every number is taken: the next one to end makes room
    else atomic_fetch_add(table + 1, 1);
}

int main(int count, char **words) {
    if (count != 4) return 2;
    int file = open(words[1], O_RDWR | O_CREAT, 0600);
    size_t size = (size_t)NUMBERS * ROWS * WORDS * sizeof(word);
    if (file < 0 || ftruncate(file, size)) fail(words[1]);
    table = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (table == MAP_FAILED) fail("mmap");
    wanted = strtoull(words[3], NULL, 10);
    seed = 88172645;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = atoi(words[2]); i > 0; i--) make();
    for (;;) {
        pid_t ended = waitpid(-1, NULL, 0);
        if (ended < 0) break;
        if (atomic_load(table) < wanted) make();
    }
    atomic_store(table + 2, 1);
    printf("%lu processes in %lu namespaces\n", (unsigned long)*table, (unsigned long)table[1]);
    return 0;
}
