// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.identity.IdentitySettings;
import picocli.CommandLine.Option;

/** The agent's option {@code runtime.api}, for commands that name containers. */
final class RuntimeApi {
    @Option(
            names = "--runtime-api",
            description = "Asks Docker and Podman on their sockets, too, where their files do not tell.")
    private boolean allowed;

    IdentitySettings settings() {
        return allowed ? IdentitySettings.defaults().withRuntimeApi() : IdentitySettings.defaults();
    }
}
