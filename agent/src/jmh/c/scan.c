/* Copyright 2026 The Waybill authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * scan PASSES   lists /proc in bulk and compares with the pass before, as the agent does; prints the nanoseconds of each
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MOST 100000

struct list {
	long pids[MOST], inodes[MOST];
	int size;
};

static struct list lists[2];

static void add(struct list *list, long pid, long inode)
{
	if (list->size == MOST)
		exit(3);
	list->pids[list->size] = pid;
	list->inodes[list->size++] = inode;
}

static void pass(struct list *list)
{
	static char memory[32 * 1024];
	int fd = open("/proc", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	long length, at;

	list->size = 0;
	while ((length = syscall(SYS_getdents64, fd, memory, sizeof memory)) > 0) {
		for (at = 0; at < length;) {
			unsigned short record;
			long inode, pid = 0;
			const char *name = memory + at + 19;

			memcpy(&inode, memory + at, sizeof inode);
			memcpy(&record, memory + at + 16, sizeof record);
			while (*name >= '0' && *name <= '9')
				pid = 10 * pid + (*name++ - '0');
			if (*name == 0 && pid > 0)
				add(list, pid, inode);
			at += record;
		}
	}
	close(fd);
}

static int differences(const struct list *before, const struct list *now)
{
	int old = 0, new = 0, found = 0;

	while (old < before->size || new < now->size) {
		if (new == now->size || (old < before->size && before->pids[old] < now->pids[new])) {
			old++;
			found++;
		} else if (old == before->size || now->pids[new] < before->pids[old]) {
			new++;
			found++;
		} else {
			found += before->inodes[old++] != now->inodes[new++];
		}
	}
	return found;
}

int main(int count, char **argument)
{
	int passes = count > 1 ? atoi(argument[1]) : 10, i, found = 0;
	struct timespec start, end;

	pass(&lists[0]);
	for (i = 1; i <= passes; i++) {
		clock_gettime(CLOCK_MONOTONIC, &start);
		pass(&lists[i & 1]);
		found += differences(&lists[!(i & 1)], &lists[i & 1]);
		clock_gettime(CLOCK_MONOTONIC, &end);
		printf("%.0f\n", (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec));
	}
	fprintf(stderr, "%d processes, %d differences\n", lists[0].size, found);
	return 0;
}
