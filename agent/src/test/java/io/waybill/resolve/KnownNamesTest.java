// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kernel gives the number of a namespace that ended to a later one, and a pid to a later process. */
class KnownNamesTest {
    private static final Identity NAMED = new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "read before", "/build/7");

    private static final Identity FOUND = new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "found", "/build/7");

    private final Map<Long, Long> starts = new HashMap<>();
    private long nanoTime;
    private final KnownNames names = new KnownNames(pid -> starts.getOrDefault(pid, 0L), () -> nanoTime);

    @Test
    void theNamesOfANamespaceAreThoseOfAllItsProcesses() {
        starts.put(4711L, 100L);
        name(in(null, 4711, 4711));

        assertThat(identityOf(names.applyTo(in(null, 4711, 4720)))).isEqualTo(NAMED);
    }

    @Test
    void aLaterNamespaceOfTheSameNumberDoesNotGetTheNamesOfTheOneBefore() {
        starts.put(4711L, 100L);
        name(in(null, 4711, 4711));
        starts.put(4712L, 100L);

        assertThat(identityOf(names.applyTo(in(null, 4712, 4712)))).isNotEqualTo(NAMED);
    }

    @Test
    void norIfItsInitHasTheSamePidToo() {
        starts.put(4711L, 100L);
        name(in(null, 4711, 4711));
        starts.put(4711L, 90_000L);

        assertThat(identityOf(names.applyTo(in(null, 4711, 4711)))).isNotEqualTo(NAMED);
        assertThat(names.get(KnownNames.keyOf(in(null, 4711, 4711)).orElseThrow()))
                .isNull();
    }

    @Test
    void theKernelsNumberTellsThemApartWithoutALook() {
        name(in(7L, 4711, 4711));

        assertThat(identityOf(names.applyTo(in(7L, 4711, 4711)))).isEqualTo(NAMED);
        assertThat(identityOf(names.applyTo(in(8L, 4711, 4711)))).isNotEqualTo(NAMED);
    }

    @Test
    void theEndOfANamespaceForgetsItsNames() {
        starts.put(4711L, 100L);
        Resolution.Resolved resolution = in(null, 4711, 4711);
        name(resolution);

        names.forget(resolution.identity(), resolution.namespace().id());

        assertThat(names.applyTo(resolution)).isSameAs(resolution);
    }

    @Test
    void whatMayBeWrittenInAMomentIsReadAgainButNotAtOnce() {
        KnownNames.Key key = KnownNames.keyOf(in(7L, 4711, 4711)).orElseThrow();
        names.putForNow(key, NAMED, FOUND, false);
        int version = names.version();

        assertThat(identityOf(names.applyTo(in(7L, 4711, 4711)))).isEqualTo(NAMED);
        assertThat(names.isToBeRead(key, false, false)).isFalse();
        assertThat(names.isToBeRead(key, true, false)).isTrue();
        nanoTime = TimeUnit.SECONDS.toNanos(1);
        assertThat(names.isToBeRead(key, false, false)).isTrue();
        assertThat(names.found(key)).isEqualTo(FOUND);
        names.put(key, NAMED);
        assertThat(names.isToBeRead(key, false, false)).isFalse();
        nanoTime = TimeUnit.HOURS.toNanos(1);
        assertThat(names.isToBeRead(key, false, false)).isFalse();
        assertThat(names.version()).isEqualTo(version);
    }

    @Test
    void whatARuntimeMayNotHaveWrittenIsReadAgainOnceItHasStartedTheProgram() {
        KnownNames.Key key = KnownNames.keyOf(in(7L, 4711, 4711)).orElseThrow();
        names.putForNow(key, NAMED, FOUND, true);

        assertThat(names.isToBeRead(key, false, true)).isFalse();
        assertThat(names.isToBeRead(key, false, false)).isTrue();
        names.putForNow(key, NAMED, FOUND, false);
        assertThat(names.isToBeRead(key, false, false)).isFalse();
    }

    @Test
    void whoMountsTheSameInAnotherNamespaceDoesNotGetTheNamesOfTheContainer() {
        names.put(KnownNames.keyOf(mounting(7L)).orElseThrow(), NAMED);

        assertThat(identityOf(names.applyTo(mounting(7L)))).isEqualTo(NAMED);
        assertThat(identityOf(names.applyTo(mounting(8L)))).isNotEqualTo(NAMED);
    }

    private static Resolution mounting(long kernelId) {
        return KnownNames.withIdentity(
                in(kernelId, 4711, 4711),
                new ContainerIdentity(
                        "b6c3",
                        ContainerRuntime.PODMAN,
                        null,
                        null,
                        null,
                        false,
                        Map.of(),
                        "/",
                        new Provenance(
                                Provenance.Source.MOUNTINFO,
                                "storage-hostname",
                                "/containers/overlay-containers/b6c3/userdata/hostname /etc/hostname"),
                        List.of()));
    }

    @Test
    void whatCouldNotBeReadIsReadAgainLessAndLessOftenAndNotForEver() {
        KnownNames.Key key = KnownNames.keyOf(in(7L, 4711, 4711)).orElseThrow();
        List<Long> seconds = new ArrayList<>();
        names.putUntilRead(key, NAMED, FOUND);

        for (long second = 1; second < TimeUnit.DAYS.toSeconds(1); second++) {
            nanoTime = TimeUnit.SECONDS.toNanos(second);
            if (names.takeOwed().contains(key)) {
                assertThat(names.isToBeRead(key, true, false)).isTrue();
                assertThat(names.found(key)).isEqualTo(FOUND);
                seconds.add(second);
                names.putUntilRead(key, NAMED, FOUND);
            }
            assertThat(names.isToBeRead(key, true, false)).isFalse();
        }

        assertThat(seconds)
                .hasSize(8)
                .startsWith(3L, 10L, 29L)
                .last()
                .asInstanceOf(LONG)
                .isLessThan(7200L);
        assertThat(identityOf(names.applyTo(in(7L, 4711, 4711)))).isEqualTo(NAMED);
    }

    @Test
    void whatIsOwedToNobodyIsToldOfOnce() {
        KnownNames.Key key = KnownNames.keyOf(in(7L, 4711, 4711)).orElseThrow();
        names.putUntilRead(key, NAMED, FOUND);
        assertThat(names.takeOwed()).isEmpty();
        nanoTime = TimeUnit.SECONDS.toNanos(3);

        assertThat(names.takeOwed()).containsExactly(key);

        assertThat(names.takeOwed()).isEmpty();
        assertThat(identityOf(names.applyTo(in(7L, 4711, 4711)))).isEqualTo(NAMED);
        assertThat(names.isToBeRead(key, true, false)).isTrue(); // by who comes late, for want of a descriptor
    }

    @Test
    void ofWhatEndedNothingIsOwed() {
        Resolution.Resolved resolution = in(7L, 4711, 4711);
        names.putUntilRead(KnownNames.keyOf(resolution).orElseThrow(), NAMED, FOUND);

        names.forget(resolution.identity(), resolution.namespace().id());

        nanoTime = TimeUnit.SECONDS.toNanos(3);
        assertThat(names.takeOwed()).isEmpty();
    }

    /** Each of them is read before the first is read again, so that the table of names is as full as it can be. */
    @Test
    void howeverManyCannotBeReadTheyAreReadLessAndLessOften() {
        List<KnownNames.Key> all = LongStream.range(0, 10_000)
                .mapToObj(id -> KnownNames.keyOf(in(id, 4711, 4711)).orElseThrow())
                .toList();
        all.forEach(key -> names.putUntilRead(key, NAMED, FOUND));
        nanoTime = TimeUnit.SECONDS.toNanos(3);

        assertThat(names.takeOwed()).hasSize(10_000);
        all.forEach(key -> names.putUntilRead(key, NAMED, FOUND));

        nanoTime += TimeUnit.SECONDS.toNanos(3);
        assertThat(names.takeOwed()).isEmpty();
        nanoTime += TimeUnit.SECONDS.toNanos(4);
        assertThat(names.takeOwed()).hasSize(10_000);
    }

    /** In the table the one ends and the other starts. */
    @Test
    void aNamespaceThatTurnsOutToBeAContainerKeepsItsNames() {
        Resolution.Resolved resolution = in(7L, 4711, 4711);
        Identity container = identityOf(mounting(7L));
        names.put(KnownNames.keyOf(resolution).orElseThrow(), container);

        names.forget(NAMED, resolution.namespace().id());
        assertThat(identityOf(names.applyTo(resolution))).isEqualTo(container);

        names.forget(container, resolution.namespace().id());
        assertThat(names.applyTo(resolution)).isSameAs(resolution);
    }

    private void name(Resolution resolution) {
        names.put(KnownNames.keyOf(resolution).orElseThrow(), NAMED);
    }

    private static Identity identityOf(Resolution resolution) {
        return ((Resolution.Resolved) resolution).identity();
    }

    private static Resolution.Resolved in(@Nullable Long kernelId, long init, long pid) {
        return new Resolution.Resolved(
                new ObservedProcess(pid, 1, 1, "sleep", null),
                new PidNamespace(new NamespaceId(4, 4_026_532_281L), kernelId, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(init, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "/build/7: no rule knows it", "/build/7"));
    }
}
