// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.Named;
import io.waybill.metadata.ContainerRecord;
import io.waybill.procfs.ProcFs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shim tells the runtime of a container in a pod, whose name cannot be read yet. */
class NamingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Provenance CGROUP = new Provenance(Provenance.Source.CGROUP, "kubepods", "/kubepods/b6c3");
    private static final Provenance STATE =
            new Provenance(Provenance.Source.RUNTIME_STATE, "runc", "/run/containerd/runc/k8s.io/b6c3/state.json");

    @TempDir
    private Path nothing = Path.of("");

    private final Shim shim = new Shim();
    private final KnownNames names = new KnownNames(pid -> 1, () -> shim.nanoTime);

    @Test
    void whatIsReadAgainBeginsWithWhatWasFoundAtFirst() {
        Naming naming = naming(Duration.ofSeconds(1));

        Resolution first = naming.named(resolution());
        shim.nanoTime += TimeUnit.SECONDS.toNanos(1);
        Resolution second = naming.named(first); // as it is remembered, with the names known so far
        shim.nanoTime += TimeUnit.MILLISECONDS.toNanos(1);
        naming.named(second);

        assertThat(shim.asked).isEqualTo(2);
        assertThat(remarksOf(first)).containsExactly("its name is not known");
        assertThat(remarksOf(second)).containsExactly("its name is not known");
        assertThat(remarksOf(names.applyTo(resolution()))).containsExactly("its name is not known");
    }

    @Test
    void theNameThatComesLaterIsThatOfEachAnswerGivenBefore() {
        Naming naming = naming(Duration.ofMinutes(5));
        Resolution first = naming.named(resolution());
        shim.name = "web";
        assertThat(naming.named(first)).isEqualTo(first);

        shim.nanoTime += TimeUnit.SECONDS.toNanos(3);
        assertThat(names.takeOwed()).contains(keyOf(first));
        Resolution named = naming.named(first);

        assertThat(containerOf(named).name()).isEqualTo("web");
        assertThat(remarksOf(named)).isEmpty();
        assertThat(names.applyTo(first)).isEqualTo(named);
        assertThat(names.applyTo(resolution())).isEqualTo(named);
        shim.nanoTime += TimeUnit.DAYS.toNanos(1);
        assertThat(names.takeOwed()).isEmpty();
    }

    /** runc has written it down, but the file of its engine, which has its name, is half written. */
    @Test
    void whatIsStatedInPartIsReadAgainForEachAnswerGivenBefore() {
        shim.stated = true;
        Naming naming = naming(Duration.ofMinutes(5));
        Resolution first = naming.named(resolution());
        assertThat(containerOf(first).provenance().source()).isEqualTo(Provenance.Source.RUNTIME_STATE);
        assertThat(naming.named(first)).isEqualTo(first);
        shim.name = "web";

        shim.nanoTime += TimeUnit.SECONDS.toNanos(3);
        assertThat(names.takeOwed()).contains(keyOf(first));
        Resolution named = naming.named(first);

        assertThat(shim.asked).isEqualTo(2);
        assertThat(containerOf(named).name()).isEqualTo("web");
        assertThat(names.applyTo(first)).isEqualTo(named);
        assertThat(names.applyTo(resolution())).isEqualTo(named);
        assertThat(naming.named(named)).isEqualTo(named);
        assertThat(shim.asked).isEqualTo(2);
    }

    private Naming naming(Duration age) {
        Clock clock = Clock.fixed(START.plus(age), ZoneOffset.UTC);
        return new Naming(shim, names, new Youth(new ProcessReader(new ProcFs(nothing)), clock));
    }

    private static Resolution resolution() {
        return new Resolution.Resolved(
                new ObservedProcess(10, 1, 5, "sleep", START),
                new PidNamespace(new NamespaceId(4, 2), 7L, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(10, InitWay.PROC_SCAN),
                container(ContainerRuntime.KUBERNETES, null, CGROUP, List.of()));
    }

    private static KnownNames.Key keyOf(Resolution resolution) {
        return KnownNames.keyOf(resolution).orElseThrow();
    }

    private static ContainerIdentity containerOf(Resolution resolution) {
        return resolution.container().orElseThrow();
    }

    private static List<String> remarksOf(Resolution resolution) {
        return containerOf(resolution).remarks();
    }

    private static ContainerIdentity container(
            ContainerRuntime runtime, @Nullable String name, Provenance provenance, List<String> remarks) {
        return new ContainerIdentity(
                "b6c3", runtime, name, null, null, false, Map.of(), "/kubepods/b6c3", provenance, remarks);
    }

    /** What is known of the container. */
    private static final class Shim implements ContainerIdentities {
        private @Nullable String name;
        private boolean stated;
        private long nanoTime;
        private int asked;

        @Override
        public Named name(Identity found, long pid) {
            asked++;
            ContainerIdentity before = (ContainerIdentity) found;
            assertThat(before.runtime()).isEqualTo(ContainerRuntime.KUBERNETES);
            List<String> remarks = name == null ? List.of("its name is not known") : List.of();
            return new Named(
                    container(ContainerRuntime.CONTAINERD, name, stated ? STATE : CGROUP, remarks), name != null);
        }

        @Override
        public Identity identify(long pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Identity self() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ContainerRecord> kept(long pid) {
            throw new UnsupportedOperationException();
        }
    }
}
