// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.Resolution;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this jar and of what it runs on. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "waybill " + number(),
            "JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version")
                    + " on " + System.getProperty("os.arch")
        };
    }

    /** The version in the jar's manifest; empty outside a jar. */
    static String number() {
        return Objects.requireNonNullElse(Resolution.class.getPackage().getImplementationVersion(), "");
    }
}
