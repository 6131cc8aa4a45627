// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

/** A container runtime, driven through its own tool on the machine of a {@link Lab}. */
interface Engine {
    /** What its containers run, and so the command of their inits. */
    String INIT = "/sbin/init";

    /** Starts its daemon and makes the image known to it, if it has these. */
    void prepare() throws Exception;

    /**
     * Starts a container.
     *
     * @return what the runtime's own tool says of it
     */
    Told start(String name) throws Exception;

    /** The same, with a secret in its environment, its arguments, its labels and the path of a volume, as far as it has these. */
    Told startWith(String secret, String name) throws Exception;

    /** Starts {@code tail -f /dev/null} in a container that runs. */
    void enter(Told container) throws Exception;
}
