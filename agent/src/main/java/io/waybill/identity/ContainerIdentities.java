// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.procfs.ProcFs;

/** From a pid to its container. */
public interface ContainerIdentities {
    /** Never throws for what a process or the machine does. */
    Identity identify(long pid);

    /** The container that this JVM runs in, as well as can be told from inside. */
    Identity self();

    static ContainerIdentities of(ProcFs procFs) {
        return new ContainerIdentities() {
            @Override
            public Identity identify(long pid) {
                return new NoContainer(
                        NoContainer.Reason.UNKNOWN_LAYOUT,
                        "",
                        procFs.read(pid, "cgroup").linesOrNone().toString());
            }

            @Override
            public Identity self() {
                return identify(ProcessHandle.current().pid());
            }
        };
    }
}
