// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the user allows, and where things are.
 *
 * @param hostRoot what stands in front of the folders of runtimes, such as {@code var/lib/docker}; normally {@code /}
 * @param ownRoot what stands in front of the files that tell a process about its own container; normally {@code /}
 * @param runtimeApi whether runtimes may be asked on their sockets
 * @param selfEnvironment whether this JVM's own environment variables may be used to name its container
 * @param environment these variables
 */
public record IdentitySettings(
        Path hostRoot, Path ownRoot, boolean runtimeApi, boolean selfEnvironment, Map<String, String> environment) {
    /** Copies the map. */
    public IdentitySettings {
        environment = Map.copyOf(environment);
    }

    /** This machine, no sockets and no environment variables. */
    public static IdentitySettings defaults() {
        return new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
    }

    /** The same, and runtimes may be asked on their sockets. */
    public IdentitySettings withRuntimeApi() {
        return new IdentitySettings(hostRoot, ownRoot, true, selfEnvironment, environment);
    }

    /** The same, and these variables of this JVM may be used. */
    public IdentitySettings withSelfEnvironment(Map<String, String> variables) {
        return new IdentitySettings(hostRoot, ownRoot, runtimeApi, true, variables);
    }

    /** Leaves the variables out, which may hold secrets. */
    @Override
    public String toString() {
        return "IdentitySettings[hostRoot=" + hostRoot + ", ownRoot=" + ownRoot + ", runtimeApi=" + runtimeApi
                + ", selfEnvironment=" + selfEnvironment + ", " + environment.size() + " variables]";
    }
}
