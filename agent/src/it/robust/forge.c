// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
//   forge PORT PID
//
// Sends what the kernel's process connector would send when PID executes a program, and when it exits, to the netlink
// socket with this port id, and prints the errno of sending: 0 if it was taken.
#include <errno.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct __attribute__((aligned(NLMSG_ALIGNTO))) message {
    struct nlmsghdr header;
    struct __attribute__((__packed__)) {
        struct cn_msg connector;
        struct proc_event event;
    };
};

static int tell(int fd, int port, int pid, int exits) {
    struct message message;
    struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = port};
    memset(&message, 0, sizeof message);
    message.header.nlmsg_len = sizeof message;
    message.header.nlmsg_type = NLMSG_DONE;
    message.connector.id.idx = CN_IDX_PROC;
    message.connector.id.val = CN_VAL_PROC;
    message.connector.len = sizeof message.event;
    if (exits) {
        message.event.what = PROC_EVENT_EXIT;
        message.event.event_data.exit.process_pid = message.event.event_data.exit.process_tgid = pid;
    } else {
        message.event.what = PROC_EVENT_EXEC;
        message.event.event_data.exec.process_pid = message.event.event_data.exec.process_tgid = pid;
    }
    return sendto(fd, &message, sizeof message, 0, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    int fd = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_CONNECTOR);
    int failed = tell(fd, atoi(words[1]), atoi(words[2]), 0);
    if (!failed) failed = tell(fd, atoi(words[1]), atoi(words[2]), 1);
    printf("%d\n", failed);
    return 0;
}
