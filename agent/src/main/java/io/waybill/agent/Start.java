// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * The thread in which the agent starts, so that the application need not wait for it.
 *
 * <p>In what runs before main there is no lambda, no string concatenation and no atomic class: the JVM of an agent makes
 * each of them from scratch, for some milliseconds.
 */
final class Start extends Thread {
    /** In milliseconds; by then something is wrong, and the application goes first. */
    static final int LONGEST_WAIT = 10_000;

    /** What {@code detach} gives for options. */
    private static final String STOP = "stop";

    /** One for every start and stop: JDK 17 keeps each that was made, with or without threads. */
    private static @Nullable ThreadGroup threads;

    private static boolean running;

    /** Made once: a second class loader would keep all that the JDK remembers of the first. */
    private static @Nullable IsolatedModule isolated;

    private final String options;
    private final Instrumentation instrumentation;
    private final boolean attached;
    private final boolean eager;
    private final @Nullable MainThread main;
    private boolean hooked;

    /**
     * Makes it, in the thread that calls the door.
     *
     * @param attached whether the application runs already
     * @param eager whether that thread waits for the hook for children
     */
    Start(String options, Instrumentation instrumentation, boolean attached, boolean eager) {
        super(threads(), null, "waybill-start", 0, false);
        this.options = options;
        this.instrumentation = instrumentation;
        this.attached = attached;
        this.eager = eager;
        this.main = attached ? null : MainThread.current();
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            if (!eager) {
                awaitMain();
            }
            if (!Machine.isSupported()) {
                say("runs on Linux on x86-64 and aarch64 only, not on ", Machine.name());
            } else if (attached && options.equals(STOP)) {
                stopRuntime();
            } else if (claim()) {
                callRuntime();
            } else {
                say("runs in this JVM already; given again, it changes nothing", "");
            }
        } catch (InvocationTargetException e) {
            say("does not start: ", e.getCause());
        } catch (Throwable e) {
            say("does not start: ", e);
        } finally {
            hooked();
        }
    }

    /** Waits until no child is missed any more, or the agent has not started. */
    synchronized void awaitHook() throws InterruptedException {
        long end = System.currentTimeMillis() + LONGEST_WAIT;
        for (long left = LONGEST_WAIT; !hooked && left > 0; left = end - System.currentTimeMillis()) {
            wait(left);
        }
    }

    private synchronized void hooked() {
        hooked = true;
        notifyAll();
    }

    private void awaitMain() throws InterruptedException {
        if (main != null) {
            main.awaitMain();
        }
    }

    /** Writes one line, whatever the text. */
    static void say(String message, @Nullable Object detail) {
        String text = String.valueOf(detail);
        int end = text.indexOf('\n');
        System.err.println("waybill: ".concat(message).concat(end < 0 ? text : text.substring(0, end)));
    }

    private void callRuntime() throws IOException, ReflectiveOperationException {
        boolean started = false;
        try {
            runtime()
                    .getMethod("start", String.class, Instrumentation.class, boolean.class, Runnable.class)
                    .invoke(null, options, instrumentation, attached, new Hooked());
            started = true;
        } finally {
            if (!started) {
                release();
            }
        }
    }

    /** Does nothing where the agent does not run. */
    private void stopRuntime() throws IOException, ReflectiveOperationException {
        if (isRunning()) {
            runtime().getMethod("stop").invoke(null);
            release();
        }
    }

    private Class<?> runtime() throws IOException, ClassNotFoundException {
        IsolatedModule module = module();
        setContextClassLoader(module.loader());
        return module.load("io.waybill.runtime.AgentRuntime");
    }

    private static synchronized IsolatedModule module() throws IOException {
        IsolatedModule module = isolated;
        if (module == null) {
            module = IsolatedModule.ofOwnJar();
            isolated = module;
        }
        return module;
    }

    private static synchronized boolean isRunning() {
        return running;
    }

    private static synchronized boolean claim() {
        boolean claimed = !running;
        running = true;
        return claimed;
    }

    private static synchronized void release() {
        running = false;
    }

    private static synchronized ThreadGroup threads() {
        ThreadGroup group = threads;
        if (group == null) {
            group = new ThreadGroup(rootGroup(), "waybill");
            threads = group;
        }
        return group;
    }

    /** The application's own groups list their threads, so this one is not among them. */
    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    private final class Hooked implements Runnable {
        @Override
        public void run() {
            hooked();
            try {
                awaitMain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
