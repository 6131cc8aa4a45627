// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.Attribute;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.JfrAttributes;

/** Reads events by the names of their types and fields. */
final class Events {
    private Events() {}

    /** All events of a type; one type may come in several parts. */
    static List<IItem> of(IItemCollection recording, String type) {
        List<IItem> events = new ArrayList<>();
        for (IItemIterable part : recording.apply(ItemFilters.type(type))) {
            part.forEach(events::add);
        }
        return events;
    }

    /** A text; empty where the event has no such field. */
    static String text(IItem event, String field) {
        String text = value(event, Attribute.attr(field, field, UnitLookup.PLAIN_TEXT));
        return text == null ? "" : text;
    }

    /** A whole number without a unit; 0 where the event has no such field. */
    static long number(IItem event, String field) {
        Number number = value(event, Attribute.attr(field, field, UnitLookup.RAW_NUMBER));
        return number == null ? 0 : number.longValue();
    }

    /** A share between 0 and 1; not a number where it is not known. */
    static double share(IItem event, String field) {
        IQuantity share = value(event, Attribute.attr(field, field, UnitLookup.PERCENTAGE));
        return share == null ? Double.NaN : share.doubleValueIn(UnitLookup.PERCENT_UNITY);
    }

    /** When it began, in nanoseconds since 1970. */
    static long begin(IItem event) {
        return time(event, JfrAttributes.START_TIME);
    }

    /** When it ended, in nanoseconds since 1970. */
    static long end(IItem event) {
        return time(event, JfrAttributes.END_TIME);
    }

    /** Whether two events were going on at the same time. */
    static boolean overlap(IItem one, IItem other) {
        return begin(one) < end(other) && begin(other) < end(one);
    }

    private static long time(IItem event, IAttribute<IQuantity> attribute) {
        IQuantity time = value(event, attribute);
        return time == null ? 0 : time.clampedLongValueIn(UnitLookup.EPOCH_NS);
    }

    /** The value of an attribute; null where the event's type does not have it. */
    static <T> @Nullable T value(IItem event, IAttribute<T> attribute) {
        @SuppressWarnings("unchecked")
        IType<IItem> type = (IType<IItem>) event.getType();
        IMemberAccessor<T, IItem> accessor = attribute.getAccessor(type);
        return accessor == null ? null : accessor.getMember(event);
    }
}
