// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Starts pid namespaces one after the other, each of which ends as soon as it has been told of as started; the next one
 * begins when its end has been told of too. Arguments: how many.
 */
public final class ShortLivedProgram {
    private ShortLivedProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        NotificationListener listener = (Notification notification, Object handback) ->
                told.add(notification.getType() + " " + notification.getMessage());
        server.addNotificationListener(containers, listener, null, null);
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            Process unshare = new ProcessBuilder("unshare", "--pid", "--fork", "sh", "-c", "read line; exit 7").start();
            String started = await(told, "io.waybill.container.started ", ", init " + childOf(unshare));
            String name = started.replaceFirst("[^ ]+ (.*) started, .*", "$1");
            unshare.outputWriter().append("\n").close();
            System.out.println(started);
            System.out.println(await(told, "io.waybill.container.ended " + name + " ", ""));
        }
    }

    /** Other namespaces of the machine come and go too. */
    private static String await(BlockingQueue<String> told, String begin, String end) throws InterruptedException {
        String line = told.take();
        while (!line.startsWith(begin) || !line.endsWith(end)) {
            line = told.take();
        }
        return line;
    }

    private static long childOf(Process unshare) throws InterruptedException {
        while (unshare.children().findAny().isEmpty()) {
            Thread.sleep(1);
        }
        return unshare.children().findAny().orElseThrow().pid();
    }
}
