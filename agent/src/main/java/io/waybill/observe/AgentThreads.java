// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

/** The agent's own threads, whose doings nobody observes; but for what is not the agent's that runs in one of them. */
public final class AgentThreads {
    /** Also the name that the doors give to the group of the thread in which the agent starts. */
    private static final String GROUP = "waybill";

    /** One for all of them: JDK 17 keeps each that was made, with or without threads. */
    private static final ThreadGroup THREADS = new ThreadGroup(root(), GROUP);

    private static final ThreadGroup LISTENERS = new ThreadGroup(root(), GROUP + "-listeners");

    private AgentThreads() {}

    /**
     * A daemon thread that is not started yet. Threads that it starts are the agent's too.
     *
     * @param name what it does, in a word
     */
    public static Thread of(String name, Runnable work) {
        return make(THREADS, name, work, AgentThreads.class.getClassLoader());
    }

    /**
     * A daemon thread that runs listeners of the application: what they do is observed like anything else that it does, and
     * they find the application's classes.
     *
     * @param name what it does, in a word
     */
    public static Thread ofListeners(String name, Runnable work) {
        return make(LISTENERS, name, work, ClassLoader.getSystemClassLoader());
    }

    private static Thread make(ThreadGroup group, String name, Runnable work, ClassLoader context) {
        Thread thread = new Thread(group, work, "waybill-" + name, 0, false);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(AgentThreads::tell);
        thread.setContextClassLoader(context);
        return thread;
    }

    /** Whether the calling thread is one of them; asks for nothing that a security manager has a say in. */
    public static boolean isCurrent() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        return group != null && group.getName().equals(GROUP);
    }

    /** Instead of the application's handler, which may end the JVM. */
    private static void tell(Thread thread, Throwable failure) {
        String text = failure.toString().replace('\n', ' ').replace('\r', ' ');
        System.err.println("waybill: an error in the agent, which goes on without " + thread.getName() + ": " + text);
    }

    /** The application's own groups list their threads, so ours are not among them. */
    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
