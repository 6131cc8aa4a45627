// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

/** What an application has done at the least when it has started. */
public final class HelloProgram {
    private HelloProgram() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
