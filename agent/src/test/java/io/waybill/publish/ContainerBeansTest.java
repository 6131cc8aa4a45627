// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Pod;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.procfs.ProcFs;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerBeansTest {
    @TempDir
    private Path machine;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private ContainerTable table;
    private ContainerBeans beans;

    @BeforeEach
    void emptyTable() {
        EntryMaker maker = new EntryMaker(pid -> new Resolution.Gone(pid, "", null), pid -> Optional.empty());
        table = new ContainerTable(maker, Clock.systemUTC(), 10_000);
        CgroupFs cgroups = new CgroupFs(new ProcFs(machine), machine);
        beans = new ContainerBeans(new Usages(table, cgroups));
    }

    @Test
    void namesAreQuotedWhereAContainerChoseMoreThanAWord() throws Exception {
        add(1, "web-0", "b6c3", null);
        add(2, "evil,type=Self,x=*\"\n\u001b[31m", "id:=,?", new Pod("", "a=b", "name space", null));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "io.waybill:type=Container,runtime=docker,name=web-0,id=b6c3",
                        "io.waybill:type=Container,runtime=docker,name=\"evil,type=Self,x=\\*\\\"__[31m\","
                                + "pod=\"a=b\",namespace=\"name space\",id=\"id:=,\\?\"");
    }

    /** The exporter of Prometheus writes a number of a bean as a line such as {@code domain<key=value, …><>cpu_seconds: 1}. */
    @Test
    void theSampleOfTheExporterLabelsPodsToo() throws Exception {
        List<Pattern> patterns = Files.readAllLines(Path.of("../examples/prometheus/waybill-jmx.yaml")).stream()
                .map(line -> Pattern.compile(" +- pattern: '(.*)'").matcher(line))
                .filter(Matcher::matches)
                .map(matcher -> Pattern.compile(matcher.group(1)))
                .toList();
        add(1, "web-0", "b6c3", new Pod("uid", "shop-7d4b9c6f5-x2x9k", "shop", "web"));
        String line = names().get(0).replaceFirst(":", "<").replace(",", ", ").concat("><>%s: 1.0");

        for (String attribute : List.of("cpu_seconds", "memory_bytes")) {
            Matcher matcher = patterns.stream()
                    .map(pattern -> pattern.matcher(line.formatted(attribute)))
                    .filter(Matcher::find)
                    .findFirst()
                    .orElseThrow();

            assertThat(matcher.toMatchResult())
                    .extracting(result -> List.of(
                            result.group(1),
                            result.group(2),
                            result.group(3),
                            result.group(4),
                            result.group(5),
                            result.group(6)))
                    .isEqualTo(List.of("docker", "web-0", "shop-7d4b9c6f5-x2x9k", "shop", "b6c3", attribute));
        }
    }

    @Test
    void aNameOfManyMegabytesIsCut() throws Exception {
        add(1, "x".repeat(1 << 22), "b6c3", null);

        assertThat(names()).singleElement().asString().hasSizeLessThan(400);
    }

    @Test
    void aBeanGoesWithItsContainer() throws Exception {
        ContainerEntry entry = add(1, "web-0", "b6c3", null);

        beans.remove(server, entry);

        assertThat(names()).isEmpty();
    }

    @Test
    void aBeanIsCalledAsItsContainerIsByNow() throws Exception {
        ContainerEntry before = add(1, "b6c3", "b6c3", null);
        ContainerEntry now = new ContainerEntry(
                ((Resolution.Resolved) resolution(1, "web-0", "b6c3", null)).identity(),
                before.namespace(),
                before.init(),
                before.initProcess(),
                "",
                before.firstSeen(),
                1);

        beans.rename(server, before, now);
        assertThat(names()).containsExactly("io.waybill:type=Container,runtime=docker,name=web-0,id=b6c3");
        beans.remove(server, now);

        assertThat(names()).isEmpty();
    }

    /** As that of an application server may, which asks who calls. */
    @Test
    void aServerThatRefusesThemWithoutACheckedExceptionIsNoMatter() {
        ContainerEntry entry = add(1, "web-0", "b6c3", null);
        MBeanServer refusing = (MBeanServer) Proxy.newProxyInstance(
                MBeanServer.class.getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, method, arguments) -> {
                    throw new SecurityException("planted");
                });

        assertThatCode(() -> {
                    beans.removeAll(refusing);
                    beans.add(refusing, entry);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void theirNumberIsBoundedAndTheNextOneMovesUp() throws Exception {
        ContainerEntry first = add(1, "c1", "id1", null);
        for (int i = 2; i <= ContainerBeans.LIMIT + 1; i++) {
            add(i, "c" + i, "id" + i, null);
        }
        assertThat(names()).hasSize(ContainerBeans.LIMIT).noneMatch(name -> name.endsWith("id501"));

        table.update(List.of(resolution(1, "c1", "id1", null)), List.of());
        beans.remove(server, first);

        assertThat(names()).hasSize(ContainerBeans.LIMIT).anyMatch(name -> name.endsWith("id501"));
    }

    @Test
    void withoutAControlGroupNumbersAreZeroOrNullWhereZeroIsANumberToo() throws Exception {
        add(1, "web-0", "b6c3", null);
        ObjectName name = server.queryNames(new ObjectName("io.waybill:*"), null)
                .iterator()
                .next();

        assertThat(server.getAttribute(name, "CpuSeconds")).isEqualTo(0.0);
        assertThat(server.getAttribute(name, "MemoryBytes")).isEqualTo(0L);
        assertThat(server.getAttribute(name, "InitPid")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "ReadBytes")).isNull();
        assertThat(server.getAttribute(name, "WrittenBytes")).isNull();
        assertThat(server.getAttribute(name, "IoPressureSeconds")).isNull();
        assertThat(server.getMBeanInfo(name).getAttributes()).allSatisfy(attribute -> {
            assertThat(attribute.getType()).isIn("long", "int", "double", "java.lang.Long", "java.lang.Double");
            assertThat(attribute.getDescription()).isNotEqualTo(attribute.getName());
        });
    }

    private ContainerEntry add(long pid, String name, String id, @Nullable Pod pod) {
        Resolution resolution = resolution(pid, name, id, pod);
        table.update(List.of(), List.of(resolution));
        ContainerEntry entry = table.entryOf(resolution).orElseThrow();
        beans.add(server, entry);
        return entry;
    }

    private List<String> names() throws Exception {
        return server.queryNames(new ObjectName("io.waybill:*"), null).stream()
                .map(ObjectName::toString)
                .toList();
    }

    private static Resolution resolution(long pid, String name, String id, @Nullable Pod pod) {
        ContainerIdentity container = new ContainerIdentity(
                id,
                ContainerRuntime.DOCKER,
                name,
                null,
                pod,
                false,
                Map.of(),
                "/",
                new Provenance(Provenance.Source.CGROUP, "test", ""),
                List.of());
        PidNamespace namespace =
                new PidNamespace(new NamespaceId(4, pid), null, 1, List.of(new NamespaceId(4, 4026531836L)));
        return new Resolution.Resolved(
                new ObservedProcess(pid, 1, 0, "init", null),
                namespace,
                new Init.Known(pid, InitWay.PROC_SCAN),
                container);
    }
}
