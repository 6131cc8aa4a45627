// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/**
 * A console in another JVM, over a connector that asks for a password and speaks TLS: prints what the beans say of
 * themselves, declares a method and takes it back, says {@code subscribed}, and prints the notifications of a container
 * until it has ended. Arguments: the port, the user, the password, and how the container's id begins.
 */
public final class ConsoleProgram {
    private static final String[] TEXT = {String.class.getName()};

    private ConsoleProgram() {}

    public static void main(String[] arguments) throws Exception {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + arguments[0] + "/jmxrmi");
        Map<String, Object> environment = Map.of(
                JMXConnector.CREDENTIALS,
                new String[] {arguments[1], arguments[2]},
                "com.sun.jndi.rmi.factory.socket",
                new SslRMIClientSocketFactory());
        try (JMXConnector connector = JMXConnectorFactory.connect(url, environment)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (String type : new String[] {"Containers", "Self", "Resolver", "Scopes"}) {
                describe(type, server.getMBeanInfo(new ObjectName("io.waybill:type=" + type)));
            }
            ObjectName one = server.queryNames(new ObjectName("io.waybill:type=Container,*"), null)
                    .iterator()
                    .next();
            describe("Container", server.getMBeanInfo(one));
            declare(server, new ObjectName("io.waybill:type=Scopes"));
            listen(server, arguments[3]);
        }
    }

    private static void describe(String type, MBeanInfo info) {
        System.out.println(type + ": " + info.getDescription());
        for (MBeanFeatureInfo attribute : info.getAttributes()) {
            System.out.println(type + "." + attribute.getName() + ": " + attribute.getDescription());
        }
        for (MBeanOperationInfo operation : info.getOperations()) {
            String parameters = Arrays.stream(operation.getSignature())
                    .map(each -> each.getName() + ", " + each.getDescription())
                    .collect(Collectors.joining("; "));
            System.out.println(type + "." + operation.getName() + "(" + parameters + ") " + operation.getImpact() + ": "
                    + operation.getDescription());
        }
        for (MBeanNotificationInfo notification : info.getNotifications()) {
            System.out.println(type + " sends " + String.join(", ", notification.getNotifTypes()) + ": "
                    + notification.getDescription());
        }
    }

    private static void declare(MBeanServerConnection server, ObjectName scopes) throws Exception {
        Object[] declaration = {"com.acme.Server#handle(pid:0)"};
        server.invoke(scopes, "add", declaration, TEXT);
        for (CompositeData row : (CompositeData[]) server.getAttribute(scopes, "Declarations")) {
            System.out.println("declared " + row.get("declaration"));
        }
        System.out.println("removed " + server.invoke(scopes, "remove", declaration, TEXT) + ", "
                + server.invoke(scopes, "remove", declaration, TEXT));
        try {
            server.invoke(scopes, "add", new Object[] {"Server#"}, TEXT);
        } catch (RuntimeMBeanException e) {
            System.out.println("refused " + e.getTargetException().getMessage());
        }
    }

    private static void listen(MBeanServerConnection server, String prefix) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        NotificationListener listener = (Notification notification, Object handback) -> {
            Map<?, ?> data = (Map<?, ?>) notification.getUserData();
            if (String.valueOf(data.get("containerId")).startsWith(prefix)) {
                System.out.println(notification.getType() + " from " + notification.getSource() + ": "
                        + notification.getMessage() + " " + new TreeMap<>(data).keySet());
                if (notification.getType().endsWith(".ended")) {
                    ended.countDown();
                }
            }
        };
        server.addNotificationListener(new ObjectName("io.waybill:type=Containers"), listener, null, null);
        System.out.println("subscribed");
        ended.await();
    }
}
