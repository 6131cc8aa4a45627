// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import java.io.IOException;
import java.util.List;

/** Starts children in every way there is. */
public final class ChildrenProgram {
    private ChildrenProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        print("exec", Runtime.getRuntime().exec(new String[] {"true"}));
        print("start", new ProcessBuilder("true").start());
        List<ProcessBuilder> pipeline = List.of(new ProcessBuilder("true"), new ProcessBuilder("cat"));
        for (Process process : ProcessBuilder.startPipeline(pipeline)) {
            print("pipeline", process);
        }
        try {
            print("failing", new ProcessBuilder("/no/such/program").start());
        } catch (IOException e) {
            System.out.println("failed in " + e.getStackTrace()[0].getClassName() + " with " + e.getMessage());
        }
    }

    private static void print(String way, Process process) throws InterruptedException {
        process.waitFor();
        System.out.println(way + " " + process.pid());
    }
}
