// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others.program;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.consumer.EventStream;

/**
 * A small service: serves a greeting, asks itself for it, reckons a little, starts a child, waits until the child is in the
 * recording, says so and runs until it is ended. Arguments: the port; whether Waybill is to have recorded the child, or the
 * JDK; {@code mocks} to call the class {@code Mocks} of the class path.
 */
public final class GreetingProgram {
    private GreetingProgram() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/hello", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write("hello".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + port + "/hello");
        try (InputStream in = address.toURL().openStream()) {
            System.out.println("answered " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        System.out.println("reckoned " + reckon());
        if (Arrays.asList(arguments).contains("mocks")) {
            System.out.println(Class.forName("Mocks").getMethod("run").invoke(null));
        }
        awaitRecordedChild(Boolean.parseBoolean(arguments[1]));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /** Something for a profiler to see. */
    private static boolean reckon() {
        double sum = 0;
        for (int i = 0; i < 50_000_000; i++) {
            sum += Math.sqrt(sum + 1);
        }
        return sum > 0;
    }

    private static void awaitRecordedChild(boolean waybill) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName awaited = new ObjectName(waybill ? "io.waybill:type=Containers" : "java.lang:type=Runtime");
        while (!beans.isRegistered(awaited)) {
            Thread.sleep(20);
        }
        Process child = new ProcessBuilder("true").start();
        CountDownLatch recorded = new CountDownLatch(1);
        try (EventStream events = EventStream.openRepository()) {
            events.onEvent(waybill ? "waybill.ProcessObserved" : "jdk.ProcessStart", event -> {
                if (event.getLong("pid") == child.pid()) {
                    recorded.countDown();
                }
            });
            events.setStartTime(Instant.EPOCH);
            events.startAsync();
            recorded.await();
        }
    }
}
