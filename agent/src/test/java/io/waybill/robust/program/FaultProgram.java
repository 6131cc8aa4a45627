// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import io.waybill.testing.AgentLooks;
import io.waybill.testing.Written;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * An application to which things happen, one after the other:
 *
 * <pre>
 * agent=on, agent=off    waits until the agent runs, or does not
 * await=FILE             waits until there is such a file
 * resolve=PID            asks the agent; follow=FILE asks about the pid in a file
 * identity=PID           asks for all that is known of a container; bean=PID asks the agent's bean
 * declare=DECLARATION    declares a method through the agent's bean, and prints what is matched then
 * child                  runs a program
 * descriptors, threads   takes all there are (=all) or gives them back (=none)
 * heap=MILLIS            takes all of it for a while
 * called=NAME            waits until a container of that name has a bean and its event
 * containers             prints the inits that the agent's table has; ended=PID waits until it has one no more
 * beans                  reads the agent's beans, and prints what they say (=all)
 * sockets                prints the kinds of this JVM's own sockets
 * rest=MILLIS            does nothing
 * figures                prints what this JVM holds
 * </pre>
 *
 * <p>What throws ends it with a stack trace.
 */
public final class FaultProgram {
    private final List<AutoCloseable> files = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch threadsMayEnd = new CountDownLatch(1);

    private FaultProgram() {}

    public static void main(String[] arguments) throws Exception {
        FaultProgram program = new FaultProgram();
        System.out.println("ready");
        for (String argument : arguments) {
            String[] words = argument.split("=", 2);
            program.run(words[0], words.length == 1 ? "" : words[1]);
        }
        System.out.println("done");
    }

    private void run(String verb, String object) throws Exception {
        boolean all = object.equals("all");
        switch (verb) {
            case "agent" -> awaitAgent(object.equals("on"));
            case "await" -> await(Path.of(object));
            case "resolve" -> System.out.println("resolve " + text(ProcessContainers.resolve(Long.parseLong(object))));
            case "follow" -> run("resolve", Files.readAllLines(Path.of(object)).get(0));
            case "containers" -> System.out.println("containers " + inits());
            case "beans" -> System.out.println("beans " + beans(all));
            case "identity" -> System.out.println("identity " + identity(Long.parseLong(object)));
            case "bean" -> System.out.println("bean " + askBean(Long.parseLong(object)));
            case "sockets" -> System.out.println("sockets " + OwnSockets.kinds());
            case "ended" -> awaitEnd(Long.parseLong(object));
            case "looks" -> AgentLooks.await(Integer.parseInt(object));
            case "called" -> awaitCalled(object);
            case "seen" -> awaitSeen(Long.parseLong(object));
            case "rest" -> Thread.sleep(Long.parseLong(object));
            case "declare" -> System.out.println("declared " + declare(object));
            case "child" ->
                System.out.println("child " + new ProcessBuilder("true").start().waitFor());
            case "descriptors" -> descriptors(all);
            case "threads" -> threads(all);
            case "heap" -> heap(Long.parseLong(object));
            case "figures" -> System.out.println("figures " + OwnFigures.now());
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private static void awaitAgent(boolean on) throws Exception {
        ObjectName bean = new ObjectName("io.waybill:type=Resolver");
        while (ProcessContainers.isConnected() != on
                || ManagementFactory.getPlatformMBeanServer().isRegistered(bean) != on) {
            Thread.sleep(10);
        }
        System.out.println("agent " + (on ? "on" : "off"));
    }

    private static void await(Path file) throws InterruptedException {
        System.out.println("awaiting " + file);
        while (!Files.exists(file)) {
            Thread.sleep(10);
        }
    }

    private static Object identity(long pid) {
        return ProcessContainers.resolve(pid) instanceof Resolution.Resolved resolved ? resolved.identity() : "none";
    }

    static String text(Resolution answer) {
        return answer instanceof Resolution.Resolved resolved
                ? resolved.outcome().text() + " " + resolved.init()
                : answer.toString();
    }

    private static List<Long> inits() throws Exception {
        CompositeData[] rows = (CompositeData[]) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("io.waybill:type=Containers"), "Containers");
        return Stream.of(rows).map(row -> (Long) row.get("initPid")).sorted().toList();
    }

    /** Reads every attribute of every bean of the agent's. */
    private static String beans(boolean whole) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int patterns = 0;
        int read = 0;
        StringBuilder values = new StringBuilder();
        for (ObjectName name : server.queryNames(new ObjectName("io.waybill:*"), null)) {
            patterns += name.isPattern() ? 1 : 0;
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    Object value = server.getAttribute(name, attribute.getName());
                    read += value == null ? 0 : 1;
                    values.append(Arrays.deepToString(new Object[] {value}));
                }
            } catch (InstanceNotFoundException e) {
                continue; // a container of somebody else's that has just ended
            }
        }
        return read + " attributes, " + (patterns == 0 ? "none is a pattern" : "patterns: " + patterns)
                + (whole ? ": " + values : "");
    }

    /** Declares a method through the bean; what that says of the declarations there are then. */
    private static String declare(String declaration) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName scopes = new ObjectName("io.waybill:type=Scopes");
        server.invoke(scopes, "add", new Object[] {declaration}, new String[] {String.class.getName()});
        CompositeData[] rows = (CompositeData[]) server.getAttribute(scopes, "Declarations");
        return Stream.of(rows).map(row -> (String) row.get("methods")).toList().toString();
    }

    /** What the bean answers for a pid, whole. */
    private static String askBean(long pid) throws JMException {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("io.waybill:type=Containers"), "resolve", new Object[] {pid}, new String[] {
                    long.class.getName()
                }));
    }

    private static void awaitSeen(long initPid) throws Exception {
        while (!inits().contains(initPid)) {
            Thread.sleep(10);
        }
        Written.await("waybill.Container", event -> event.getLong("initPid") == initPid);
    }

    private static void awaitCalled(String name) throws Exception {
        ObjectName bean = new ObjectName("io.waybill:type=Container,name=" + name + ",*");
        while (ManagementFactory.getPlatformMBeanServer().queryNames(bean, null).isEmpty()) {
            Thread.sleep(10);
        }
        Written.await(
                "waybill.Container", event -> event.getString("containerName").equals(name));
        System.out.println("called " + name);
    }

    private static void awaitEnd(long initPid) throws Exception {
        while (inits().contains(initPid)) {
            Thread.sleep(10);
        }
        Written.await("waybill.ContainerEnded", event -> event.getLong("initPid") == initPid);
        System.out.println("ended " + initPid);
    }

    private void descriptors(boolean all) throws Exception {
        try {
            while (all) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println("descriptors none left");
            return;
        }
        for (AutoCloseable file : files) {
            file.close();
        }
        System.out.println("descriptors " + files.size());
    }

    private void threads(boolean all) throws InterruptedException {
        try {
            while (all) {
                Thread thread = new Thread(null, this::linger, "many", 64 * 1024);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        } catch (OutOfMemoryError e) {
            System.out.println("threads none left");
            return;
        }
        threadsMayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("threads " + threads.size());
    }

    private void linger() {
        try {
            threadsMayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fills it to the last kilobyte, and empties it again after a while in which nothing is made here. */
    private static void heap(long millis) throws InterruptedException {
        Object[] filled = new Object[1 << 16];
        int count = 0;
        int size = 1 << 20;
        while (size > 512) {
            try {
                filled[count] = new byte[size];
                count++;
            } catch (OutOfMemoryError e) {
                size /= 2;
            }
        }
        Thread.sleep(millis);
        Arrays.fill(filled, null);
        System.out.println("heap filled by " + count);
    }
}
