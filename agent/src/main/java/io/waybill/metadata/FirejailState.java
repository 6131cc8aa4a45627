// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;

/**
 * What Firejail keeps: the name of a sandbox, by the process id of the firejail outside of it.
 *
 * <pre>
 * /run/firejail/name/30939
 *     labfj
 * </pre>
 *
 * @param folder {@code /run/firejail/name}
 */
record FirejailState(StateFolder folder) implements StateReader {
    FirejailState(Path hostRoot) {
        this(StateFolder.of(hostRoot, "run", "firejail", "name"));
    }

    /** A sandbox that was given no name has no file: that is no sign that there is no such sandbox. */
    @Override
    public Lookup find(Wanted wanted) {
        return folder.read(wanted.id()) instanceof StateText.Text text
                ? new Lookup.Found(
                        ContainerRecord.of(ContainerRuntime.FIREJAIL, wanted.id(), "firejail-name", text.path())
                                .called(text.text().strip(), null))
                : new Lookup.NoState("");
    }
}
