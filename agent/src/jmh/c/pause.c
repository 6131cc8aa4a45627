// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
//
// A container's only process, which does nothing.
#include <unistd.h>

int main(void) {
    for (;;) pause();
}
