// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

/**
 * One thing that was looked at.
 *
 * @param subject what it is about
 * @param name what was looked at
 * @param value what was found
 * @param advice what to do about it; empty if nothing
 */
record Finding(String subject, String name, String value, String advice) {
    static Finding of(String subject, String name, String value) {
        return new Finding(subject, name, value, "");
    }
}
