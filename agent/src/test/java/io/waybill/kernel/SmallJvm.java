// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import java.util.Objects;

/**
 * A JVM that asks little of the kernel while it starts. In a guest each system call, each page that is touched for the first
 * time and each change from thread to thread costs some ten microseconds, so with the options that users have a command
 * takes twice as long: most of that goes to compiling what is run a few times, and to new pages of the heap.
 */
final class SmallJvm {
    private SmallJvm() {}

    static ChildJvm on(Jdk jdk) {
        return ChildJvm.onImage(Objects.requireNonNull(jdk.home(), jdk + " is not on this machine"))
                .options("-Xmx64m", "-Xmn2m", "-XX:+UseSerialGC", "-XX:-UsePerfData")
                .options("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=10", "-XX:CICompilerCount=1")
                .options("-XX:-UseDynamicNumberOfCompilerThreads")
                .options("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");
    }
}
