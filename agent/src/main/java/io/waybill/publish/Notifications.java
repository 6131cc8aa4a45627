// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever listens, in a thread that does nothing else: listeners and their filters are the application's, and take as
 * long as they like. The thread is there only while somebody is told, and a second longer.
 */
final class Notifications implements NotificationEmitter, AutoCloseable {
    /** So many wait at most for a listener that takes its time; more than containers start and end meanwhile. */
    static final int LIMIT = 1024;

    private final MBeanNotificationInfo info;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor thread;

    /**
     * Makes it, with nobody listening.
     *
     * @param info what is told
     * @param threads makes the thread
     */
    Notifications(MBeanNotificationInfo info, ThreadFactory threads) {
        this.info = info;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(LIMIT),
                threads,
                (telling, full) -> dropped.incrementAndGet());
        this.thread.allowCoreThreadTimeOut(true);
    }

    /** Tells those who listen, soon; drops and counts it where too much waits already. Never waits. */
    void send(Notification notification) {
        if (listening.isEmpty()) {
            return;
        }
        try {
            thread.execute(() -> listening.forEach(each -> each.tell(notification)));
        } catch (OutOfMemoryError e) {
            dropped.incrementAndGet(); // the JVM can have no more threads
        }
    }

    /** How many were dropped. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        listening.add(new Listening(listener, filter, handback));
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        if (!listening.removeIf(each -> each.listener == listener)) {
            throw new ListenerNotFoundException("does not listen");
        }
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        Listening found = listening.stream()
                .filter(each -> each.listener == listener && each.filter == filter && each.handback == handback)
                .findFirst()
                .orElse(null);
        if (found == null || !listening.remove(found)) {
            throw new ListenerNotFoundException("does not listen with this filter and handback");
        }
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return new MBeanNotificationInfo[] {info};
    }

    /** No more is told than what waits. */
    @Override
    public void close() {
        thread.shutdown();
    }

    /** Somebody who listens. One may listen twice with the same filter, so each is equal to itself alone. */
    private static final class Listening {
        final NotificationListener listener;
        final @Nullable NotificationFilter filter;
        final @Nullable Object handback;

        Listening(NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
            this.listener = listener;
            this.filter = filter;
            this.handback = handback;
        }

        /** What the application's code throws is its own, and keeps nobody else from being told. */
        void tell(Notification notification) {
            try {
                if (filter == null || filter.isNotificationEnabled(notification)) {
                    listener.handleNotification(notification, handback);
                }
            } catch (Throwable e) {
                return;
            }
        }
    }
}
