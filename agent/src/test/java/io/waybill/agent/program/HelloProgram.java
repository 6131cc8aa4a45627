// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

/** Says hello. */
public final class HelloProgram {
    private HelloProgram() {}

    public static void main(String[] arguments) {
        System.out.println("hello " + String.join(" ", arguments));
    }
}
