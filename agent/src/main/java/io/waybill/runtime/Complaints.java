// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is wrong, told on standard error, in one line each and once. */
final class Complaints {
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Tells one thing, unless it was told before. */
    void tell(String message) {
        String line = "waybill: " + message.replace('\n', ' ').replace('\r', ' ');
        if (told.size() < 100 && told.add(line)) {
            print(line);
        }
    }

    private static void print(String line) {
        try {
            System.err.println(line);
        } catch (RuntimeException e) {
            return; // the application has put a stream of its own there, which does not take it
        }
    }
}
