// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/**
 * Where an answer comes from.
 *
 * @param source the kind of source
 * @param rule the name of the rule that matched, stable between releases of the same major version
 * @param evidence what it matched on, such as a cgroup path; at most 512 characters, chosen in part by the container
 */
public record Provenance(Source source, String rule, String evidence) {
    /** The kinds of sources, the most trustworthy first. */
    public enum Source {
        /** What the runtime keeps on disk about its containers. */
        RUNTIME_STATE("runtime-state"),
        /** What the runtime answered on its socket. */
        RUNTIME_API("runtime-api"),
        /** The process's cgroup path. */
        CGROUP("cgroup"),
        /** The sources of mounts that runtimes make for each container. */
        MOUNTINFO("mountinfo"),
        /** What the runtime's own process on the host side, an ancestor, carries in its arguments. */
        ANCESTOR("ancestor"),
        /** Environment variables of this JVM. */
        ENVIRONMENT("environment"),
        /** The host name of this JVM, the last resort. */
        HOSTNAME("hostname");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        /** The name that events, tables and messages use. */
        public String text() {
            return text;
        }
    }

    /** For instance {@code cgroup:docker-scope}. */
    @Override
    public String toString() {
        return source.text() + ":" + rule;
    }
}
