// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.procfs.ProcFs;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** The agent's thread may be in the midst of a long look when the agent is stopped. */
    @Test
    void onceClosedTheyAreNotRegisteredAnyMore(@TempDir Path machine) throws Exception {
        Beans beans = beans(machine);
        assertThat(beans.registerIfPossible()).isEmpty();
        assertThat(names()).isNotEmpty();
        beans.close();

        assertThat(beans.registerIfPossible()).isEmpty();

        assertThat(names()).isEmpty();
    }

    @Test
    void aBeanOfAnotherAgentIsLeftWhereItIs(@TempDir Path machine) throws Exception {
        ObjectName self = new ObjectName(SelfMXBean.OBJECT_NAME);
        server.registerMBean(new Other(), self);
        try {
            Beans beans = beans(machine);
            assertThat(beans.registerIfPossible()).isEmpty();
            assertThat(names()).hasSizeGreaterThan(1);

            beans.close();

            assertThat(names()).containsExactly(self);
        } finally {
            server.unregisterMBean(self);
        }
    }

    /** As that of an application server may, which asks who calls. */
    @Test
    void whereTheServerRefusesOneTheOthersAreThereUntilTheyAreClosed(@TempDir Path machine) throws Exception {
        MBeanServer refusing = (MBeanServer) Proxy.newProxyInstance(
                MBeanServer.class.getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, method, arguments) -> {
                    if (arguments.length == 2 && arguments[1].equals(new ObjectName(SelfMXBean.OBJECT_NAME))) {
                        throw new SecurityException("planted");
                    }
                    return method.invoke(server, arguments);
                });
        Beans beans = beans(machine);

        assertThat(beans.register(refusing))
                .hasValue("the MXBeans cannot be registered: io.waybill:type=Self: "
                        + "java.lang.SecurityException: planted");

        assertThat(beans.registered()).isTrue();
        assertThat(names())
                .containsExactlyInAnyOrder(
                        new ObjectName(ContainersMXBean.OBJECT_NAME), new ObjectName(ResolverMXBean.OBJECT_NAME));
        beans.close();
        assertThat(names()).isEmpty();
    }

    private List<ObjectName> names() throws Exception {
        return List.copyOf(server.queryNames(new ObjectName("io.waybill:*"), null));
    }

    private static Beans beans(Path machine) {
        EntryMaker maker = new EntryMaker(pid -> new Resolution.Gone(pid, "", null), pid -> Optional.empty());
        ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 100);
        AgentFigures figures = (AgentFigures) Proxy.newProxyInstance(
                AgentFigures.class.getClassLoader(),
                new Class<?>[] {AgentFigures.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new Beans(
                new Usages(table, new CgroupFs(new ProcFs(machine), machine)),
                pid -> new Resolution.Gone(pid, "", null),
                () -> {},
                () -> new NoContainer(NoContainer.Reason.HOST, "", "/"),
                new PidNamespace(new NamespaceId(4, 1), null, 0, List.of()),
                figures,
                Thread::new);
    }

    /** Of the other agent. */
    public interface OtherMXBean {}

    private static final class Other implements OtherMXBean {}
}
