// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** The stacks of events. The reader has one object for equal stacks, and for equal methods, of a chunk. */
final class EventStacks {
    private static final int LONGEST = 300;

    private final StackTrie trie;
    private final IdentityHashMap<RecordedStackTrace, Integer> stacks = new IdentityHashMap<>();
    private final IdentityHashMap<RecordedMethod, String> methods = new IdentityHashMap<>();

    EventStacks(StackTrie trie) {
        this.trie = trie;
    }

    /** The number of an event's stack in the {@link StackTrie}. */
    int of(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        return stack == null ? StackTrie.ROOT : stacks.computeIfAbsent(stack, this::add);
    }

    void endOfChunk() {
        stacks.clear();
        methods.clear();
    }

    private int add(RecordedStackTrace stack) {
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (method != null) {
                frames.add(methods.computeIfAbsent(method, EventStacks::name));
            }
        }
        return trie.add(frames);
    }

    private static String name(RecordedMethod method) {
        String type = method.getType() == null ? "?" : method.getType().getName();
        return name(String.valueOf(type), String.valueOf(method.getName()));
    }

    /** TYPE.METHOD; the name alone of what is in no type, as async-profiler has functions of the kernel. */
    static String name(String type, String method) {
        String name = type.isEmpty() ? method : type + "." + method;
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
