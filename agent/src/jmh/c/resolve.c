/* Copyright 2026 The Waybill authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The system calls of a resolution, without a JVM around them: what the agent is measured against.
 *
 *   resolve NAME PIDS BATCHES   takes the pids of the file PIDS in turn, and prints BATCHES lines, each the nanoseconds
 *                               of one operation, on average over a batch
 *
 *   poll      is the process still the same one: one ppoll of its pidfd
 *   cold      pid to verified init: the same calls in the same order as NamespaceResolver makes them
 *   whole     cold, and the files of /proc that the identity and the observed process are read from
 *   missing   a pid that nobody has
 *   twoforks  the way without an ioctl: enter the namespace, fork, let the kernel translate the pid of a credential
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NS_GET_PARENT 0xb702
#define NS_GET_TGID_FROM_PIDNS 0x8004b707u
#define NS_GET_ID 0x8008b70du
#define PIDFD_GET_PID_NAMESPACE 0xff05
#define BATCH_NANOS 100000000
#define MISSING (1 << 22) /* beyond the largest pid that a kernel can give */

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int pidfd_open(int pid)
{
	return syscall(SYS_pidfd_open, pid, 0);
}

static int is_alive(int pidfd)
{
	struct pollfd p = { .fd = pidfd, .events = POLLIN };
	struct timespec none = { 0, 0 };

	return ppoll(&p, 1, &none, NULL) == 0;
}

/* A namespace by a pidfd; its inode tells which. */
static int namespace_of(int pidfd, struct stat *st)
{
	int fd = ioctl(pidfd, PIDFD_GET_PID_NAMESPACE, 0);

	if (fd < 0 || fstat(fd, st))
		fail("PIDFD_GET_PID_NAMESPACE");
	return fd;
}

static struct stat own;

static int cold(int pid)
{
	struct stat st, parent;
	unsigned long long id;
	int process = pidfd_open(pid);
	int ns, init, up;
	long init_pid;

	if (process < 0)
		fail("pidfd_open");
	ns = namespace_of(process, &st);
	/* where it lies: the kernel's number for it, and the namespaces around it up to our own */
	if (ioctl(ns, NS_GET_ID, &id))
		id = 0;
	up = ioctl(ns, NS_GET_PARENT, 0);
	if (up < 0 || fstat(up, &parent) || parent.st_ino != own.st_ino)
		fail("NS_GET_PARENT");
	close(up);
	/* its init, held and verified */
	init_pid = ioctl(ns, NS_GET_TGID_FROM_PIDNS, 1);
	if (init_pid <= 0)
		fail("NS_GET_TGID_FROM_PIDNS");
	init = pidfd_open(init_pid);
	if (init < 0)
		fail("pidfd_open of init");
	if (ioctl(ns, NS_GET_TGID_FROM_PIDNS, 1) != init_pid || !is_alive(init))
		fail("verification");
	close(ns);
	close(init);
	close(process);
	return init_pid;
}

static long read_file(int pid, const char *name)
{
	static char text[65536];
	char path[64];
	long length = 0, more;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail(path);
	while ((more = read(fd, text + length, sizeof text - length)) > 0)
		length += more;
	close(fd);
	return length;
}

/* As LXCFS did it when the ioctl was proposed, written anew: the process that asks must not change its own namespace,
 * so one child enters, and a child of that one is born inside and sends a credential with pid 1. */
static int twoforks(int pid)
{
	int pair[2], on = 1, status, init = 0;
	char byte = 0, control[CMSG_SPACE(sizeof(struct ucred))];
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
	struct cmsghdr *header;
	pid_t child;

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair)
	    || setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on))
		fail("socketpair");
	child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0) {
		char path[64];
		int ns;
		pid_t inside;

		snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
		ns = open(path, O_RDONLY | O_CLOEXEC);
		if (ns < 0 || setns(ns, CLONE_NEWPID))
			_exit(1);
		inside = fork();
		if (inside == 0) {
			struct ucred first = { .pid = 1, .uid = 0, .gid = 0 };

			header = CMSG_FIRSTHDR(&msg);
			header->cmsg_level = SOL_SOCKET;
			header->cmsg_type = SCM_CREDENTIALS;
			header->cmsg_len = CMSG_LEN(sizeof first);
			memcpy(CMSG_DATA(header), &first, sizeof first);
			_exit(sendmsg(pair[1], &msg, 0) != 1);
		}
		waitpid(inside, &status, 0);
		_exit(status != 0);
	}
	waitpid(child, &status, 0);
	if (status != 0 || recvmsg(pair[0], &msg, MSG_DONTWAIT) != 1)
		fail("the child's credential");
	for (header = CMSG_FIRSTHDR(&msg); header; header = CMSG_NXTHDR(&msg, header)) {
		struct ucred who;

		if (header->cmsg_type == SCM_CREDENTIALS) {
			memcpy(&who, CMSG_DATA(header), sizeof who);
			init = who.pid;
		}
	}
	close(pair[0]);
	close(pair[1]);
	return init;
}

static void once(const char *name, int pid, int pidfd)
{
	if (!strcmp(name, "poll")) {
		if (!is_alive(pidfd))
			fail("poll");
	} else if (!strcmp(name, "cold")) {
		cold(pid);
	} else if (!strcmp(name, "whole")) {
		cold(pid);
		read_file(pid, "cgroup");
		read_file(pid, "status");
		read_file(pid, "stat");
	} else if (!strcmp(name, "missing")) {
		if (pidfd_open(pid) >= 0 || errno == 0)
			fail("missing");
	} else if (!strcmp(name, "twoforks")) {
		if (twoforks(pid) <= 0)
			fail("twoforks");
	} else {
		fail(name);
	}
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

#define MOST 100000
static int pids[MOST];

static int read_pids(const char *path)
{
	FILE *file = fopen(path, "r");
	int read = 0;

	if (!file)
		fail(path);
	while (read < MOST && fscanf(file, "%d", &pids[read]) == 1)
		read++;
	fclose(file);
	return read;
}

int main(int count, char **argument)
{
	const char *name;
	int known, batches, pidfd, self, i;
	long rounds = 1, turn = 0;

	if (count != 4 || (known = read_pids(argument[2])) == 0) {
		fprintf(stderr, "resolve poll|cold|whole|missing|twoforks PIDS BATCHES\n");
		return 2;
	}
	name = argument[1];
	batches = atoi(argument[3]);
	self = pidfd_open(getpid());
	namespace_of(self, &own); /* kept open, as the agent keeps its own */
	pidfd = pidfd_open(pids[0]);
	for (i = -2; i < batches; i++) {
		double start = now(), took;
		long done;

		for (done = 0; done < rounds; done++)
			once(name, strcmp(name, "missing") ? pids[turn++ % known] : MISSING, pidfd);
		took = now() - start;
		if (i >= 0)
			printf("%.1f\n", took / rounds);
		else
			rounds = rounds * BATCH_NANOS / took + 1; /* the first two find out how many make a batch */
	}
	return 0;
}
