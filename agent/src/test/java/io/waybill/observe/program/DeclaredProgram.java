// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;

/** A service whose methods are declared to work for a process. Arguments: its pid, and {@code wrong} for wrong ones. */
public final class DeclaredProgram {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final String PREFIX = "io.waybill.observe.program.DeclaredProgram$";

    private DeclaredProgram() {}

    public static void main(String[] arguments) throws Exception {
        long pid = Long.parseLong(arguments[0]);
        Service service = new Service();
        ObjectName scopes = new ObjectName("io.waybill:type=Scopes");
        while (!SERVER.isRegistered(scopes)) {
            Thread.sleep(20);
        }
        if (arguments.length > 1) {
            while (problems(scopes).size() < Integer.parseInt(arguments[1])) {
                service.handle(new Request(new Credentials(pid)));
                Thread.sleep(20);
            }
            problems(scopes).forEach(System.out::println);
            return;
        }
        while ((Long) SERVER.getAttribute(scopes, "Opened") == 0) {
            service.read("/proc/uptime", pid);
            Thread.sleep(20);
        }
        service.handle(new Request(new Credentials(pid)));
        service.handleAll(List.of(), new Request(new Credentials(pid)));
        service.handle(new Request(null));
        try {
            service.fail((int) pid);
        } catch (IllegalStateException e) {
            System.out.println("failed in " + e.getStackTrace()[0]);
        }
        loadLater(pid);
        changeAtRunTime(scopes, service, pid);
    }

    /** In a class loader that sees nothing but the JDK, and the class itself. */
    private static void loadLater(long pid) throws Exception {
        URL classes =
                DeclaredProgram.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            loader.loadClass(PREFIX + "Later").getMethod("work", Long.class).invoke(null, pid);
        }
    }

    private static void changeAtRunTime(ObjectName scopes, Service service, long pid) throws JMException {
        String added = PREFIX + "Service#added(pid:0)";
        service.added(pid);
        invoke(scopes, "add", added);
        System.out.println("methods " + declaration(scopes, added).get("methods"));
        service.added(pid);
        System.out.println("removed " + invoke(scopes, "remove", added));
        System.out.println("removed again " + invoke(scopes, "remove", added));
        service.added(pid);
        try {
            invoke(scopes, "add", "Service#added(");
        } catch (RuntimeMBeanException e) {
            System.out.println("refused " + e.getCause());
        }
    }

    private static Object invoke(ObjectName scopes, String operation, String declaration) throws JMException {
        return SERVER.invoke(scopes, operation, new Object[] {declaration}, new String[] {String.class.getName()});
    }

    private static CompositeData declaration(ObjectName scopes, String text) throws JMException {
        for (CompositeData each : (CompositeData[]) SERVER.getAttribute(scopes, "Declarations")) {
            if (each.get("declaration").equals(text)) {
                return each;
            }
        }
        throw new IllegalStateException(text);
    }

    private static List<String> problems(ObjectName scopes) throws JMException {
        List<String> problems = new ArrayList<>();
        for (CompositeData each : (CompositeData[]) SERVER.getAttribute(scopes, "Declarations")) {
            if (!each.get("problem").equals("")) {
                problems.add(each.get("declaration") + ": " + each.get("problem"));
            }
        }
        return problems;
    }

    record Request(Credentials credentials) {}

    record Credentials(long pid) {}

    static final class Service {
        private int done;

        void read(String path, long pid) {
            done += path.length() + (int) pid;
        }

        int handle(Request request) {
            done += request.hashCode();
            return done;
        }

        int handleAll(List<String> names, Request request) {
            return names.size() + request.hashCode();
        }

        void handleNothing() {
            done++;
        }

        void fail(int pid) {
            throw new IllegalStateException("failed for " + pid);
        }

        void added(long pid) {
            done += (int) pid;
        }
    }

    /** Not loaded until it is needed. */
    public static final class Later {
        private Later() {}

        public static void work(Long pid) {
            System.out.println("worked for " + pid);
        }
    }

    /** A service that goes on until it is ended. Arguments: the pid that it works for. */
    public static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws InterruptedException {
            Service service = new Service();
            System.out.println("ready");
            while (true) {
                service.added(Long.parseLong(arguments[0]));
                Thread.sleep(10);
            }
        }
    }

    /** What the runtime of the test declares, and takes back. */
    public static final class Stopped {
        private Stopped() {}

        public static void main(String[] arguments) {
            work(8);
        }

        public static void work(int pid) {
            System.out.println("work");
        }
    }
}
