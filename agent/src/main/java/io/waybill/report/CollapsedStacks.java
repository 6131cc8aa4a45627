// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.PrintWriter;
import java.util.stream.Collectors;

/**
 * Stacks as the tools around flame graphs read them, the container as the outermost frame.
 *
 * <pre>
 * web-0;java.lang.Thread.run;com.acme.Server.handle 4711
 * (1)   (2)                                         (3)
 * (1) the container, or (no_scope)
 * (2) frames, the outermost first
 * (3) samples, or bytes
 * </pre>
 */
public final class CollapsedStacks {
    private CollapsedStacks() {}

    public static void write(Report report, Weight weight, PrintWriter out) {
        StackForest.of(report, weight)
                .forEachStack((frames, amount) -> out.println(
                        frames.stream().map(SafeText::frame).collect(Collectors.joining(";")) + " " + amount));
    }
}
