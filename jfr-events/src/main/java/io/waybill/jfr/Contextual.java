// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;

/**
 * Marks a field that is context for every other event of the same thread between begin and end.
 *
 * <p>It bears the name of the JDK's own annotation, which came with 25: {@code jfr print} of that JDK goes by the name, so
 * that recordings of older JDKs show the context too.
 */
@MetadataDefinition
@Name("jdk.jfr.Contextual")
@Label("Contextual")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Contextual {}
