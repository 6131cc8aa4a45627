// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the user set: after {@code -javaagent:waybill-agent.jar=} as {@code key=value} pairs by comma, as system properties
 * {@code waybill.KEY}, and in the file of {@code config}; what comes first in this list wins.
 */
public final class Settings {
    private static final String PREFIX = "waybill.";

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * Reads them. What is wrong is told in one line each, and the default taken.
     *
     * @param options what stands after the jar; may be empty
     * @param properties the system properties
     * @param complaints is told what is wrong
     */
    public static Settings read(String options, Properties properties, Consumer<String> complaints) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        readOptions(values, options, complaints);
        Map<String, String> sorted = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.startsWith(PREFIX + "test."))
                .forEach(name -> sorted.put(name.substring(PREFIX.length()), properties.getProperty(name)));
        sorted.forEach((key, value) -> put(values, key, value.strip(), "system property waybill.", complaints));
        Optional.ofNullable(values.get(Setting.CONFIG)).ifPresent(file -> readFile(values, file, complaints));
        return new Settings(values);
    }

    /** What is wrong in options; the file of {@code config}, which is perhaps another machine's, is not looked at. */
    public static List<String> mistakes(String options) {
        List<String> mistakes = new ArrayList<>();
        readOptions(new EnumMap<>(Setting.class), options, mistakes::add);
        return mistakes;
    }

    /** Whether a switch is on. */
    public boolean isOn(Setting setting) {
        return !text(setting).equals("off");
    }

    /** The value of a setting. */
    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** The value of a number. */
    public int number(Setting setting) {
        return Setting.number(text(setting)).orElseThrow().intValue();
    }

    /** The value of a time; none if it is off. */
    public Optional<Duration> time(Setting setting) {
        return Setting.time(text(setting));
    }

    private static void readOptions(Map<Setting, String> values, String options, Consumer<String> complaints) {
        for (String pair : options.isBlank() ? new String[0] : options.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                complaints.accept("option \"" + bounded(pair) + "\" is not of the form key=value");
            } else {
                put(
                        values,
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip(),
                        "option ",
                        complaints);
            }
        }
    }

    private static void readFile(Map<Setting, String> values, String file, Consumer<String> complaints) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            complaints.accept("option config=" + bounded(file) + ": cannot be read: " + e);
            return;
        }
        Map<String, String> sorted = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> sorted.put(name, properties.getProperty(name)));
        sorted.forEach((key, value) -> {
            String bare = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
            put(values, bare, value.strip(), "in " + file + ": ", complaints);
        });
    }

    private static void put(
            Map<Setting, String> values, String key, String value, String where, Consumer<String> complaints) {
        Setting setting = Setting.of(key).orElse(null);
        String told = where + bounded(key);
        if (setting == null) {
            complaints.accept(told + " is unknown; known are " + Setting.keys());
        } else if (!setting.allows(value)) {
            complaints.accept(told + "=" + bounded(value) + ": allowed is " + setting.allowed() + "; the default "
                    + setting.fallback() + " is used");
        } else {
            values.putIfAbsent(setting, value);
        }
    }

    private static String bounded(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
