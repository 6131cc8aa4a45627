// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** One of each kind that the soak looks for, so that it is seen to find them. */
final class Leaks {
    private static final int AT_ONCE = 8;

    private final List<Object> kept = new ArrayList<>();

    /** Leaks some more. */
    void drip(MBeanServer server) throws IOException, JMException {
        for (int i = 0; i < AT_ONCE; i++) {
            kept.add(new FileInputStream("/dev/null"));
            kept.add(new byte[256 << 10]);
            kept.add(ByteBuffer.allocateDirect(1 << 20));
            server.registerMBean(new Leak(), new ObjectName("leak:type=Leak,number=" + kept.size()));
        }
        Thread thread = new Thread(Leaks::linger, "leak");
        thread.setDaemon(true);
        thread.start();
    }

    private static void linger() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A bean without attributes. */
    public interface LeakMBean {}

    /** The same. */
    public static final class Leak implements LeakMBean {}
}
