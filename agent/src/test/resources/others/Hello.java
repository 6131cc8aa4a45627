// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0

/** Says hello. */
public final class Hello {
    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
