// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.inventory.ContainerEntry;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** A bean for each container, up to a bound, for as long as the container lives; guarded by {@link Beans}. */
final class ContainerBeans {
    /** A console and an exporter show no more to anybody's use; the table has all. */
    static final int LIMIT = 500;

    private final Usages usages;
    private final Set<ObjectName> registered = new HashSet<>();

    ContainerBeans(Usages usages) {
        this.usages = usages;
    }

    /** Registers one for each container that is there. */
    void addAll(MBeanServer server) {
        usages.table().entries().forEach(entry -> add(server, entry));
    }

    /** Registers one for a container; of two with the same name, the first. */
    void add(MBeanServer server, ContainerEntry entry) {
        ObjectName name = nameOf(entry);
        if (name == null || registered.size() >= LIMIT || registered.contains(name)) {
            return;
        }
        try {
            server.registerMBean(new DescribedBean<>(ContainerBean.of(entry, usages), ContainerMXBean.class), name);
            registered.add(name);
        } catch (JMException | RuntimeException e) {
            // left by an agent in another class loader, or the server is an application server's and does not let us
        }
    }

    /** Registers that of a container anew where it is called otherwise by now. */
    void rename(MBeanServer server, ContainerEntry before, ContainerEntry now) {
        ObjectName name = nameOf(before);
        if (!Objects.equals(name, nameOf(now))) {
            if (name != null && registered.remove(name)) {
                unregister(server, name);
            }
            add(server, now);
        }
    }

    /** Removes that of a container, if it has one. */
    void remove(MBeanServer server, ContainerEntry entry) {
        ObjectName name = nameOf(entry);
        boolean full = registered.size() >= LIMIT;
        if (name != null && registered.remove(name)) {
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

    private static @Nullable ObjectName nameOf(ContainerEntry entry) {
        try {
            return entry.container().isEmpty()
                    ? null
                    : new ObjectName(ContainerBean.nameOf(entry.container().get()));
        } catch (MalformedObjectNameException e) {
            return null;
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            // likewise, or unregistered by somebody else
        }
    }
}
