// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.Identity;
import io.waybill.metadata.ContainerRecord;
import io.waybill.procfs.ProcFs;
import java.util.List;

/** From a process to its container. Never throws for what a process or the machine does: that is in the answer. */
public interface ContainerIdentities {
    /**
     * Which container a process belongs to, by what /proc says of it. Reads a few small files and never waits, so it may
     * be called in any thread.
     *
     * @param pid a process id of the procfs
     */
    Identity identify(long pid);

    /** Which container this JVM itself runs in, as well as that can be told from inside. */
    Identity self();

    /**
     * Adds what the runtime keeps about a container: its name, image, pod and labels, and whether it is one of the
     * runtime's at all. Reads files and, if that is allowed, asks a socket, once per container: so never in a thread of
     * the application.
     *
     * @param found an answer of {@link #identify}
     * @param pid the process it was given for
     * @return the answer with what became known; the same one if nothing did
     */
    Named name(Identity found, long pid);

    /**
     * What runtimes keep about the container of a process, from which {@link #name} takes its names.
     *
     * @param pid a process id of the procfs
     */
    List<ContainerRecord> kept(long pid);

    /**
     * Looks at a procfs.
     *
     * @param procFs the procfs
     * @param settings what the user allows
     */
    static ContainerIdentities of(ProcFs procFs, IdentitySettings settings) {
        return new ProcIdentities(procFs, settings);
    }
}
