// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of which nothing is taken for granted: what is missing or of another type is not there.
 *
 * <p>The text is bounded by who read it, and the nesting by Gson (255 levels).
 *
 * @param object the object
 */
record Json(JsonObject object) {
    static final Json EMPTY = new Json(new JsonObject());

    /** A number longer than this is no pid and no time; reading 1e999999999 as a number costs seconds. */
    private static final int LONGEST_NUMBER = 18;

    static Optional<Json> parse(String text) {
        return element(text).filter(JsonElement::isJsonObject).map(e -> new Json(e.getAsJsonObject()));
    }

    /** What was read, if it is an object; a file that is half written, or half of which is lost, is none. */
    static StateText whole(StateText read) {
        return read instanceof StateText.Text text && parse(text.text()).isEmpty()
                ? new StateText.Unreadable(text.path() + ": not a whole JSON object")
                : read;
    }

    /** Any value; empty if the text is not JSON. */
    static Optional<JsonElement> element(String text) {
        try {
            return Optional.of(JsonParser.parseString(text));
        } catch (JsonParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The object at a path of keys; an empty one if there is none. */
    Json in(String... keys) {
        JsonObject found = object;
        for (String key : keys) {
            JsonElement next = found.get(key);
            if (next == null || !next.isJsonObject()) {
                return EMPTY;
            }
            found = next.getAsJsonObject();
        }
        return new Json(found);
    }

    /** A text that is not empty. */
    @Nullable
    String text(String key) {
        return text(object.get(key));
    }

    /** A text, or another where there is none. */
    String textOr(String key, String other) {
        String text = text(key);
        return text == null ? other : text;
    }

    private static @Nullable String text(@Nullable JsonElement element) {
        if (element == null
                || !element.isJsonPrimitive()
                || !element.getAsJsonPrimitive().isString()) {
            return null;
        }
        String text = element.getAsString();
        return text.isEmpty() ? null : text;
    }

    /** The texts in a list. */
    List<String> textsOf(String key) {
        List<String> texts = new ArrayList<>();
        JsonElement element = object.get(key);
        if (element != null && element.isJsonArray()) {
            for (JsonElement each : element.getAsJsonArray()) {
                String text = text(each);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** A whole number that is not negative; 0 if it is none. */
    long number(String key) {
        JsonElement element = object.get(key);
        if (element == null
                || !element.isJsonPrimitive()
                || !element.getAsJsonPrimitive().isNumber()) {
            return 0;
        }
        String digits = element.getAsString();
        boolean whole = !digits.isEmpty()
                && digits.length() <= LONGEST_NUMBER
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole ? Long.parseLong(digits) : 0;
    }

    /** The members that are texts. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        object.entrySet().forEach(member -> {
            String value = text(member.getValue());
            if (value != null) {
                texts.put(member.getKey(), value);
            }
        });
        return texts;
    }
}
