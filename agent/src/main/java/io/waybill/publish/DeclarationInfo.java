// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

/**
 * A declaration as a console shows it.
 *
 * @param declaration as it is written
 * @param methods the methods it matches in the classes that are loaded, by commas
 * @param opened how many scopes they have opened
 * @param problem what is wrong with it; empty if nothing is known to be
 */
public record DeclarationInfo(String declaration, String methods, long opened, String problem) {}
