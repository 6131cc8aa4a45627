// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

/** The methods that are declared to work on behalf of containers. */
@Described("The methods that are declared to work on behalf of a container while they run")
public interface ScopesMXBean {
    /** Its name. */
    String OBJECT_NAME = "io.waybill:type=Scopes";

    /** How many there are. */
    @Described("How many declarations there are now")
    int getDeclarationCount();

    /** Scopes opened. */
    @Described("How many scopes the methods of these declarations have opened")
    long getOpened();

    /** All of them. */
    @Described("The declarations, a row each: what they match, what they opened, what is wrong with them")
    DeclarationInfo[] getDeclarations();

    /** Declares one. */
    @Described("Declares a method to work on behalf of the container of a process, from now on")
    void add(
            @Described(name = "declaration", value = "such as com.acme.Server#handle(0.credentials.pid)")
                    String declaration);

    /** Takes one back. */
    @Described(value = "Takes a declaration back; false if there is none", changes = true)
    boolean remove(@Described(name = "declaration", value = "as it was declared") String declaration);
}
