// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report.program;

import io.waybill.jfr.ContainerScopeEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;

/**
 * Records one scope. Arguments: the recording, the number of the thread that has the scope, and a file that is there when the
 * scope shall end.
 */
public final class ScopeProgram {
    private ScopeProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        long number = Long.parseLong(arguments[1]);
        Path end = Path.of(arguments[2]);
        Thread thread = numbered(number, () -> record(file, end));
        thread.start();
        thread.join();
    }

    /** A thread of a certain number, which is to be higher than those that the JVM has itself. */
    public static Thread numbered(long number, Runnable work) {
        Thread thread = new Thread(work);
        while (thread.getId() < number) {
            thread = new Thread(work);
        }
        if (thread.getId() != number) {
            throw new IllegalStateException("no thread has the number " + number);
        }
        return thread;
    }

    private static void record(Path file, Path end) {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JVMInformation");
            recording.start();
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            System.out.println("begun");
            while (!Files.exists(end)) {
                Thread.sleep(5);
            }
            scope.containerId = "web";
            scope.commit();
            recording.stop();
            recording.dump(file);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
