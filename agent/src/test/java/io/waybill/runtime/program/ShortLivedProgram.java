// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Starts pid namespaces that live for 50 ms, one after the other, each when the one before has been told of as started and
 * ended. Arguments: how many.
 */
public final class ShortLivedProgram {
    private ShortLivedProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        Semaphore told = new Semaphore(0);
        NotificationListener listener = (Notification notification, Object handback) -> {
            System.out.println(notification.getType() + " " + notification.getMessage());
            told.release();
        };
        server.addNotificationListener(containers, listener, null, null);
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            new ProcessBuilder("unshare", "--pid", "--fork", "sh", "-c", "sleep 0.05; exit 7")
                    .start()
                    .waitFor();
            told.acquire(2);
        }
    }
}
