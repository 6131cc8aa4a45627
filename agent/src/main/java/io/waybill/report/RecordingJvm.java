// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/**
 * The JVM that made a recording.
 *
 * @param file the recording
 * @param begin of what the file has of it, milliseconds since 1970
 * @param end of what the file has of it
 * @param chunks that could be read, to their end or not
 * @param pid as the JVM itself saw it; 0 if unknown
 * @param program its main class or jar, without arguments; empty if unknown
 * @param version of the JVM; empty if unknown
 * @param hostname by the environment; empty if unknown
 * @param containerId the container that the JVM ran in; empty if it ran in none, or Waybill was not there
 * @param containerName empty if unknown
 * @param pidNamespace inode number of its pid namespace; 0 if Waybill was not there
 * @param initPid the init of that namespace, as the JVM saw it; 0 if unknown
 */
public record RecordingJvm(
        String file,
        long begin,
        long end,
        int chunks,
        long pid,
        String program,
        String version,
        String hostname,
        String containerId,
        String containerName,
        long pidNamespace,
        long initPid) {}
