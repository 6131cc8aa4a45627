// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.inventory.ContainerEntry;
import java.util.HashSet;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A bean for each container, up to a bound, for as long as the container lives; guarded by {@link Beans}. */
final class ContainerBeans {
    /** A console and an exporter show no more to anybody's use; the table has all. */
    static final int LIMIT = 500;

    private final Usages usages;
    private final Set<String> registered = new HashSet<>();

    ContainerBeans(Usages usages) {
        this.usages = usages;
    }

    /** Registers one for each container that is there. */
    void addAll(MBeanServer server) {
        usages.table().entries().forEach(entry -> add(server, entry));
    }

    /** Registers one for a container; of two with the same name, the first. */
    void add(MBeanServer server, ContainerEntry entry) {
        String name = entry.container().map(ContainerBean::nameOf).orElse("");
        if (name.isEmpty() || registered.size() >= LIMIT || registered.contains(name)) {
            return;
        }
        try {
            server.registerMBean(
                    new DescribedBean<>(ContainerBean.of(entry, usages), ContainerMXBean.class), new ObjectName(name));
            registered.add(name);
        } catch (JMException e) {
            // left by an agent in another class loader
        }
    }

    /** Removes that of a container, if it has one. */
    void remove(MBeanServer server, ContainerEntry entry) {
        String name = entry.container().map(ContainerBean::nameOf).orElse("");
        boolean full = registered.size() >= LIMIT;
        if (registered.remove(name)) {
            unregister(server, name);
            if (full) {
                addAll(server);
            }
        }
    }

    /** Removes all. */
    void removeAll(MBeanServer server) {
        registered.forEach(name -> unregister(server, name));
        registered.clear();
    }

    private static void unregister(MBeanServer server, String name) {
        try {
            server.unregisterMBean(new ObjectName(name));
        } catch (JMException e) {
            // unregistered by somebody else
        }
    }
}
