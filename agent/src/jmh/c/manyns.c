/* Copyright 2026 The Waybill authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * manyns NAMESPACES PROCESSES: so many processes, spread over so many new pid namespaces. Prints the pid of each
 * namespace's init, one a line, then an empty line; all end when its standard input does.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void rest(void)
{
	close(0);
	close(1);
	for (;;)
		pause();
}

int main(int count, char **argument)
{
	int namespaces = count > 1 ? atoi(argument[1]) : 0;
	int processes = count > 2 ? atoi(argument[2]) : 0;
	pid_t *init = calloc(namespaces ? namespaces : 1, sizeof *init);
	char byte;
	int i, inside;

	for (i = 0; i < namespaces; i++) {
		inside = processes / namespaces + (i < processes % namespaces) - 1;
		init[i] = syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);
		if (init[i] < 0) {
			perror("clone");
			break;
		}
		if (init[i] == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			while (inside-- > 0)
				if (fork() == 0)
					rest();
			rest();
		}
	}
	while (i-- > 0)
		printf("%d\n", init[i]);
	puts("");
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	for (i = 0; i < namespaces && init[i] > 0; i++)
		kill(init[i], SIGKILL);
	return 0;
}
