// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who listen are the application's: they block and throw as they like. */
class NotificationsTest {
    private static final int HANGS_SECONDS = 60;
    private static final int TOO_MANY = 3;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Long> told = new CopyOnWriteArrayList<>();
    private final NotificationListener listener =
            (notification, handback) -> told.add(notification.getSequenceNumber());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private boolean noMoreThreads;

    private final Notifications notifications = new Notifications(
            new MBeanNotificationInfo(new String[] {"test"}, Notification.class.getName(), "a test"), this::thread);

    @AfterEach
    void end() throws InterruptedException {
        mayGoOn.countDown();
        notifications.close();
        awaitThreads();
    }

    @Test
    void whereNobodyListensThereIsNoThread() throws Exception {
        notifications.send(number(1));
        assertThat(threads).isEmpty();

        notifications.addNotificationListener(listener, null, null);
        notifications.send(number(2));
        awaitThreads(); // it ends by itself

        assertThat(threads).hasSize(1);
        assertThat(told).containsExactly(2L);
    }

    @Test
    void oneThatBlocksHoldsUpNobodyAndWhatIsTooMuchIsCounted() throws Exception {
        notifications.addNotificationListener((notification, handback) -> block(), null, null);
        notifications.addNotificationListener(listener, null, null);
        notifications.send(number(0));
        begun.await();

        for (int i = 1; i <= Notifications.LIMIT + TOO_MANY; i++) {
            notifications.send(number(i));
        }
        assertThat(told).isEmpty();
        assertThat(notifications.dropped()).isEqualTo(TOO_MANY);
        mayGoOn.countDown();
        awaitThreads();

        assertThat(told).hasSize(1 + Notifications.LIMIT).endsWith((long) Notifications.LIMIT);
    }

    @Test
    void aFilterThatBlocksDoesNotEither() throws Exception {
        NotificationFilter filter = notification -> {
            block();
            return notification.getSequenceNumber() == 1;
        };
        notifications.addNotificationListener(listener, filter, null);

        notifications.send(number(1));
        notifications.send(number(2));
        begun.await();
        assertThat(told).isEmpty();
        mayGoOn.countDown();
        awaitThreads();

        assertThat(told).containsExactly(1L);
    }

    @Test
    void oneThatThrowsKeepsNothingFromTheOthers() throws Exception {
        notifications.addNotificationListener(
                (notification, handback) -> {
                    throw new AssertionError("planted");
                },
                null,
                null);
        notifications.addNotificationListener(listener, null, null);

        notifications.send(number(1));
        notifications.send(number(2));
        awaitThreads();

        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void whereNoThreadCanBeStartedTheyAreToldOfTheNext() throws Exception {
        notifications.addNotificationListener(listener, null, null);
        noMoreThreads = true;

        notifications.send(number(1));

        assertThat(notifications.dropped()).isEqualTo(1);
        noMoreThreads = false;
        notifications.send(number(2));
        awaitThreads();
        assertThat(told).containsExactly(2L);
    }

    @Test
    void oneThatIsTakenBackIsNotTold() throws Exception {
        notifications.addNotificationListener(listener, null, "one");
        notifications.addNotificationListener(listener, null, "other");
        notifications.removeNotificationListener(listener, null, "one");
        notifications.send(number(1));
        awaitThreads();
        notifications.removeNotificationListener(listener);
        notifications.send(number(2));

        assertThat(threads).hasSize(1);
        assertThat(told).containsExactly(1L);
        assertThatThrownBy(() -> notifications.removeNotificationListener(listener))
                .isInstanceOf(ListenerNotFoundException.class);
        assertThatThrownBy(() -> notifications.removeNotificationListener(listener, null, "other"))
                .isInstanceOf(ListenerNotFoundException.class);
    }

    private void block() {
        try {
            begun.countDown();
            mayGoOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread thread(Runnable work) {
        if (noMoreThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        Thread made = new Thread(work);
        made.setDaemon(true);
        threads.add(made);
        return made;
    }

    private void awaitThreads() throws InterruptedException {
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(HANGS_SECONDS));
            assertThat(each.isAlive()).isFalse();
        }
    }

    private static Notification number(long sequence) {
        return new Notification("test", "test", sequence);
    }
}
