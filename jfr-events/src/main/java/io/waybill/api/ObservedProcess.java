// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What /proc says of a process.
 *
 * @param pid its process id as this JVM sees it
 * @param pidInside its process id in the innermost pid namespace it is in
 * @param parentPid its parent's process id as this JVM sees it; 0 for a parent that is not visible from here
 * @param command its command name, at most 64 characters; chosen by the process itself, so not to be trusted
 * @param start when it started; null where that could not be read
 */
public record ObservedProcess(
        long pid,
        long pidInside,
        long parentPid,
        String command,
        @Nullable Instant start) {}
