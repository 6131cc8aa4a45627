// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
//   groups FOLDER
//
// A container that makes and removes cgroups in a folder of its own without end, each with one inside: says "ready", then
// goes on as fast as it can, with a few there at a time. Some have names of escape sequences, wildcards, letters beyond
// ASCII, and bytes that are no letters. Ends, and removes those that are left, when its standard input ends.
#define _GNU_SOURCE
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *names[] = {"plain", "\033[2J", "*?,=\"", "<b>", "m\303\274ll", "\377\376", "docker"};
enum { NAMES = sizeof names / sizeof *names, AT_ONCE = 32 };

static void path(char *outer, char *inner, const char *folder, unsigned number) {
    const char *name = names[number % NAMES];
    snprintf(outer, PATH_MAX, "%s/%u-%s", folder, number % AT_ONCE, name);
    snprintf(inner, PATH_MAX, "%s/%u-%s/%s", folder, number % AT_ONCE, name, name);
}

static void leave(const char *folder, unsigned number) {
    char outer[PATH_MAX], inner[PATH_MAX];
    path(outer, inner, folder, number);
    rmdir(inner);
    rmdir(outer);
}

int main(int count, char **words) {
    if (count != 2) return 2;
    char outer[PATH_MAX], inner[PATH_MAX];
    struct pollfd end = {0, POLLIN, 0};
    unsigned number = 0;
    puts("ready");
    fflush(stdout);
    for (; poll(&end, 1, 0) == 0; number++) {
        if (number >= AT_ONCE) leave(words[1], number - AT_ONCE);
        path(outer, inner, words[1], number);
        if (mkdir(outer, 0755) < 0 || mkdir(inner, 0755) < 0) break;
    }
    for (unsigned left = number < AT_ONCE ? 0 : number - AT_ONCE; left <= number; left++) leave(words[1], left);
    fprintf(stderr, "%u cgroups\n", 2 * number);
    return 0;
}
