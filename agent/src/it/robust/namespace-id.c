// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// Prints the kernel's number of a namespace, or 0 where the kernel has none.
//
//   namespace-id /proc/4711/ns/pid
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

#define ID_OF_NAMESPACE _IOR(0xb7, 13, uint64_t) // NS_GET_ID, since Linux 6.18

int main(int count, char **arguments) {
    uint64_t id = 0;
    int fd = count == 2 ? open(arguments[1], O_RDONLY) : -1;
    if (fd < 0 || (ioctl(fd, ID_OF_NAMESPACE, &id) < 0 && errno != ENOTTY)) {
        perror("namespace-id");
        return 1;
    }
    printf("%llu\n", (unsigned long long)id);
    return 0;
}
