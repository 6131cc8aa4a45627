// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdentityTest {
    @Test
    void aContainerOfAPodHasTheAttributesOfOpenTelemetry() {
        ContainerIdentity container = container("web", "web:1.4", new Pod("uid-1", "web-0", "shop", "app"));

        assertThat(container.resourceAttributes())
                .containsExactly(
                        entry("container.id", "b6c3be0c5848"),
                        entry("container.name", "web"),
                        entry("container.image.name", "web"),
                        entry("container.runtime", "containerd"),
                        entry("container.runtime.name", "containerd"),
                        entry("k8s.pod.uid", "uid-1"),
                        entry("k8s.pod.name", "web-0"),
                        entry("k8s.namespace.name", "shop"),
                        entry("k8s.container.name", "app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid-1", "web-0", "uid-1/app", "shop/web-0"})
    void whatNamesThePodIsNoContainersId(String id) {
        Pod pod = new Pod("uid-1", "web-0", "shop", "app");

        assertThat(container(id, null, null, pod).resourceAttributes())
                .doesNotContainKey("container.id")
                .containsEntry("k8s.pod.uid", "uid-1");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(container(null, null, null).resourceAttributes())
                .containsOnlyKeys("container.id", "container.runtime", "container.runtime.name");
    }

    @ParameterizedTest
    @CsvSource({
        "busybox,busybox",
        "busybox:1.36,busybox",
        "registry.example.com:5000/team/web,registry.example.com:5000/team/web",
        "registry.example.com:5000/team/web:1.4@sha256:b6c3be0c,registry.example.com:5000/team/web",
        "web@sha256:b6c3be0c,web"
    })
    void anImageIsNamedWithoutItsTag(String image, String name) {
        assertThat(container(null, image, null).resourceAttributes()).containsEntry("container.image.name", name);
    }

    private static ContainerIdentity container(@Nullable String name, @Nullable String image, @Nullable Pod pod) {
        return container("b6c3be0c5848", name, image, pod);
    }

    private static ContainerIdentity container(
            String id, @Nullable String name, @Nullable String image, @Nullable Pod pod) {
        return new ContainerIdentity(
                id,
                ContainerRuntime.CONTAINERD,
                name,
                image,
                pod,
                false,
                Map.of(),
                "/",
                new Provenance(Provenance.Source.CGROUP, "test", ""),
                List.of());
    }
}
