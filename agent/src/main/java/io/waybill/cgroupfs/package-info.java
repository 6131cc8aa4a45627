// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** What control groups say a container uses: the files of cgroupfs, version 1 and 2. */
@NullMarked
package io.waybill.cgroupfs;

import org.jspecify.annotations.NullMarked;
