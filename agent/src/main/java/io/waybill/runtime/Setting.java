// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings there are, each with its default and what it allows. */
public enum Setting {
    /** A properties file with further settings. */
    CONFIG("config", "", "a path", "a properties file with more of these keys"),
    /** How often all processes are looked at. */
    PERIOD(
            "period",
            "5s",
            "a time such as 500ms, 5s or 1m, at least 100ms; or off",
            "how often all of /proc is looked at"),
    /** Whether the kernel is asked to tell of processes as they come. */
    EVENTS("events", "on", Kind.SWITCH, "see containers that live less than a period, where the kernel allows it"),
    /** Whether children are observed. */
    CHILDREN("children", "on", Kind.CHILDREN, "observe the processes that this JVM starts; eager: before main begins"),
    /** Whether processes of the JVM's own namespace and cgroup are recorded. */
    OWN("own", "off", Kind.SWITCH, "record processes in this JVM's own namespace and cgroup too"),
    /** Whether events are written. */
    JFR("jfr", "on", Kind.SWITCH, "write events into flight recordings"),
    /** Whether beans are registered. */
    JMX("jmx", "on", Kind.SWITCH, "register MXBeans once the platform's MBean server exists"),
    /** Whether runtimes are asked on their sockets. */
    RUNTIME_API("runtime.api", "off", Kind.SWITCH, "ask Docker and Podman on their sockets for names"),
    /** Whether this JVM's environment is read for its own identity. */
    SELF_ENVIRONMENT("self.environment", "off", Kind.SWITCH, "read this JVM's own environment for its pod's name"),
    /** How many processes are remembered. */
    REMEMBER("remember", "1024", "a number from 16 to 1000000", "how many processes are remembered, a descriptor each"),
    /** Whether each answer looks at the process, or the kernel tells of its end. */
    CACHE(
            "cache",
            "polled",
            Kind.CACHE,
            "what guards a remembered process: one poll for each answer, or the kernel's word when it ends"),
    /** Whether the peers of accepted Unix-domain sockets are observed. */
    PEERS("peers", "on", Kind.SWITCH, "observe who connects to Unix-domain sockets of this JVM"),
    /** Whether the JVMs that this one attaches to are observed. */
    ATTACH("attach", "on", Kind.SWITCH, "observe the JVMs that this JVM attaches to"),
    /** Methods that work in scopes. */
    SCOPE(
            "scope",
            "",
            "declarations such as com.acme.Server#handle(pid:0), by semicolons",
            "methods that work on behalf of the container of a process"),
    /** How long a declaration may match nothing. */
    SCOPE_WAIT(
            "scope.wait", "60s", "a time such as 10s or 1m", "when to tell of declarations that match nothing so far");

    /** Times have a unit, since a bare number has been taken for either. */
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final String key;
    private final String fallback;
    private final String allowed;
    private final String meaning;

    Setting(String key, String fallback, String allowed, String meaning) {
        this.key = key;
        this.fallback = fallback;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /** The key as users write it; as a system property it begins with {@code waybill.}. */
    public String key() {
        return key;
    }

    /** The value without any. */
    public String fallback() {
        return fallback;
    }

    /** What is allowed, for messages and help. */
    public String allowed() {
        return allowed;
    }

    /** What it does, for help. */
    public String meaning() {
        return meaning;
    }

    /** Whether a value is allowed. */
    boolean allows(String value) {
        return switch (this) {
            case CONFIG -> !value.isEmpty();
            case SCOPE -> true; // what is wrong is told for each declaration
            case SCOPE_WAIT -> time(value).isPresent();
            case PERIOD ->
                value.equals("off")
                        || time(value)
                                .filter(time -> time.compareTo(SHORTEST) >= 0)
                                .isPresent();
            case REMEMBER ->
                number(value).filter(n -> n >= 16 && n <= 1_000_000).isPresent();
            default -> List.of(allowed.split(", ")).contains(value);
        };
    }

    static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    static String keys() {
        return Stream.of(values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    static Optional<Duration> time(String value) {
        Matcher matcher = TIME.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        Map<String, Long> units = Map.of("ms", 1L, "s", 1000L, "m", 60_000L);
        return Optional.of(Duration.ofMillis(amount * units.getOrDefault(matcher.group(2), 1L)));
    }

    static Optional<Long> number(String value) {
        return value.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }

    private static final class Kind {
        static final String SWITCH = "on, off";
        static final String CHILDREN = "on, eager, off";
        static final String CACHE = "polled, watched";
    }
}
