// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

/**
 * The thread that runs the premain methods of all agents, one after the other, and main after them.
 *
 * <p>While an agent starts, its transformer is asked about the classes that other threads load, and may not be ready for
 * it: with OpenTelemetry's agent after this one on the command line, JDK 17 refused a class of {@code java.lang.invoke} for
 * good, or hung, when both were at work at once. So the agent begins when the others are done.
 */
final class MainThread {
    /** In milliseconds. */
    private static final long SHORTEST_PAUSE = 2;

    private static final long LONGEST_PAUSE = 20;

    /** Where the JVM is made by a program of its own, main may never be seen. */
    private static final long LONGEST_SILENCE = 1000;

    private final Thread thread;

    private MainThread(Thread thread) {
        this.thread = thread;
    }

    /** The calling thread, which is in premain. */
    static MainThread current() {
        MainThread main = new MainThread(Thread.currentThread());
        isOfTheApplication(main.bottom()); // loads what it needs, while no other agent is asked about it
        return main;
    }

    /**
     * Waits until no agent's premain runs any more, and then for a tenth of that time at most: where another thread's stack
     * is looked at, JDK 17 stops all threads.
     */
    void awaitMain() throws InterruptedException {
        long waited = 0;
        long silence = 0;
        while (thread.isAlive() && silence < LONGEST_SILENCE) {
            String bottom = bottom();
            if (isOfTheApplication(bottom)) {
                return;
            }
            long pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, waited / 10));
            silence = bottom.startsWith("sun.instrument.") ? 0 : silence + pause;
            Thread.sleep(pause);
            waited += pause;
        }
    }

    /**
     * The class at the bottom of the thread's stack; empty if there is none, as between two agents.
     *
     * <pre>
     * at io.opentelemetry.javaagent.OpenTelemetryAgent.premain(OpenTelemetryAgent.java:46)
     * at sun.instrument.InstrumentationImpl.loadClassAndCallPremain(java.instrument@17/InstrumentationImpl.java:503)
     *    (1)
     * (1) in premain; between two agents the JVM calls one of java or jdk, then sun.launcher, then the application's main
     * </pre>
     */
    private String bottom() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "" : stack[stack.length - 1].getClassName();
    }

    private static boolean isOfTheApplication(String bottom) {
        return !bottom.isEmpty()
                && !bottom.startsWith("sun.instrument.")
                && !bottom.startsWith("java.")
                && !bottom.startsWith("jdk.");
    }
}
