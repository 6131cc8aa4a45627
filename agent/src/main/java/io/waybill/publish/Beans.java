// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.Identity;
import io.waybill.api.PidNamespace;
import io.waybill.api.PidResolver;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The agent's MXBeans on the platform's MBean server.
 *
 * <p>They are registered once that server exists. The agent never makes it exist: an application server may still be
 * about to set its own builder.
 */
public final class Beans implements ContainerListener, AutoCloseable {
    /** The type of the notification that a container started. */
    public static final String STARTED = "io.waybill.container.started";
    /** The type of the notification that a container ended. */
    public static final String ENDED = "io.waybill.container.ended";

    /** Registered on the platform's server and no other (java.lang.management.ManagementFactory). */
    private static final String RUNTIME_BEAN = "java.lang:type=Runtime";

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final LifecycleCounts counts = new LifecycleCounts();
    private final Notifications notifications;
    private final ContainerBeans each;
    private final AtomicLong sequence = new AtomicLong();
    private final ObjectName source = objectName(ContainersMXBean.OBJECT_NAME);
    /** The names of those that were registered, and not by another agent. */
    private final List<String> registered = new ArrayList<>();

    private @Nullable MBeanServer server;
    private boolean closed;

    /**
     * Makes them, registered nowhere yet.
     *
     * @param refresh asks for a look at all processes soon
     * @param listeners makes the thread that runs the listeners of notifications, while there are any
     */
    public Beans(
            Usages usages,
            PidResolver resolver,
            Runnable refresh,
            Supplier<Identity> self,
            PidNamespace ownNamespace,
            AgentFigures figures,
            ThreadFactory listeners) {
        each = new ContainerBeans(usages);
        notifications = new Notifications(
                new MBeanNotificationInfo(
                        new String[] {STARTED, ENDED}, Notification.class.getName(), "A container started or ended"),
                listeners);
        beans.put(
                ContainersMXBean.OBJECT_NAME,
                new DescribedBean<>(
                        new ContainersBean(usages.table(), resolver, refresh, counts, notifications::dropped),
                        ContainersMXBean.class,
                        notifications));
        beans.put(SelfMXBean.OBJECT_NAME, new DescribedBean<>(new SelfBean(self, ownNamespace), SelfMXBean.class));
        beans.put(ResolverMXBean.OBJECT_NAME, new DescribedBean<>(new ResolverBean(figures), ResolverMXBean.class));
    }

    /** Shows declared methods too; to be called before the beans are registered. */
    public synchronized void showScopes(DeclaredScopes scopes) {
        beans.put(ScopesMXBean.OBJECT_NAME, new DescribedBean<>(new ScopesBean(scopes), ScopesMXBean.class));
    }

    /**
     * Registers the beans if the platform's server exists by now and they are not registered yet.
     *
     * @return why the server refuses one of them; none if it does not, or is not there yet
     */
    public synchronized Optional<String> registerIfPossible() {
        try {
            return server == null && !closed ? platformServer().flatMap(this::register) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("the MXBeans cannot be registered: " + e);
        }
    }

    /** Registers those that the server takes; an application server's may refuse one, and says why. */
    synchronized Optional<String> register(MBeanServer platform) {
        String refusal = null;
        for (Map.Entry<String, Object> bean : beans.entrySet()) {
            try {
                platform.registerMBean(bean.getValue(), objectName(bean.getKey()));
                registered.add(bean.getKey());
            } catch (InstanceAlreadyExistsException e) {
                // left by an agent in another class loader
            } catch (JMException | RuntimeException e) {
                refusal = "the MXBeans cannot be registered: " + bean.getKey() + ": " + e;
            }
        }
        if (!registered.isEmpty()) {
            server = platform;
            each.addAll(platform);
        }
        return Optional.ofNullable(refusal);
    }

    /** Whether the beans can be seen. */
    public synchronized boolean registered() {
        return server != null;
    }

    @Override
    public synchronized void started(ContainerEntry container) {
        counts.started();
        if (server != null) {
            each.add(server, container);
            tell(STARTED, container, " started, init " + container.initPid());
        }
    }

    @Override
    public synchronized void changed(ContainerEntry before, ContainerEntry now) {
        if (server != null) {
            each.rename(server, before, now);
        }
    }

    @Override
    public synchronized void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        counts.ended();
        if (server != null) {
            each.remove(server, container);
            long seconds = Duration.between(container.start(), noticed).toSeconds();
            tell(ENDED, container, " ended after " + seconds + " s");
        }
    }

    @Override
    public synchronized void close() {
        closed = true; // the agent's thread may still be at what it was doing
        notifications.close();
        MBeanServer platform = server;
        server = null;
        if (platform == null) {
            return;
        }
        each.removeAll(platform);
        for (String name : registered) {
            try {
                platform.unregisterMBean(objectName(name));
            } catch (JMException | RuntimeException e) {
                // unregistered by somebody else, or the server is an application server's and does not let us
            }
        }
    }

    private void tell(String type, ContainerEntry container, String message) {
        String kind = container.container().isPresent() ? "Container " : "Namespace ";
        Notification notification =
                new Notification(type, source, sequence.incrementAndGet(), kind + container.displayName() + message);
        Facts facts = Facts.of(container);
        notification.setUserData(new HashMap<>(Map.of(
                "containerId", facts.containerId(),
                "containerName", facts.containerName(),
                "runtime", facts.runtime(),
                "initPid", facts.initPid(),
                "pidNamespace", facts.pidNamespace())));
        notifications.send(notification);
    }

    private static ObjectName objectName(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Optional<MBeanServer> platformServer() {
        ObjectName runtime = objectName(RUNTIME_BEAN);
        return MBeanServerFactory.findMBeanServer(null).stream()
                .filter(found -> found.isRegistered(runtime))
                .findFirst();
    }
}
