// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests hold what the API of Kubernetes knows, and ask for no more rights than they explain. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("kubernetes");

    @Test
    void theDaemonSetIsOfTheApi() throws IOException {
        JsonElement manifest = read(Files.readString(FOLDER.resolve("node-jvm.yaml")));
        V1DaemonSet.validateJsonElement(manifest);

        V1PodSpec pod = JSON.getGson()
                .fromJson(manifest, V1DaemonSet.class)
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getHostPID()).isTrue();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getPrivileged()).isNull();
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .containsExactly("SYS_PTRACE");
            assertThat(container.getVolumeMounts())
                    .filteredOn(mount -> !mount.getName().equals("tmp"))
                    .allMatch(mount -> mount.getReadOnly());
        });
    }

    @Test
    void thePlainPodNeedsNoRight() throws IOException {
        JsonElement manifest = read(Files.readString(FOLDER.resolve("pod.yaml")));
        V1Pod.validateJsonElement(manifest);

        V1PodSpec pod = JSON.getGson().fromJson(manifest, V1Pod.class).getSpec();

        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getContainers())
                .singleElement()
                .satisfies(container -> assertThat(
                                container.getSecurityContext().getCapabilities().getAdd())
                        .isNullOrEmpty());
    }

    @Test
    void aFieldThatTheApiDoesNotKnowIsFound() throws IOException {
        JsonElement manifest =
                read(Files.readString(FOLDER.resolve("node-jvm.yaml")).replace("hostPID:", "hostPids:"));

        assertThatThrownBy(() -> V1DaemonSet.validateJsonElement(manifest)).hasMessageContaining("hostPids");
    }

    @Test
    void aValueOfTheWrongKindIsFound() throws IOException {
        JsonElement manifest =
                read(Files.readString(FOLDER.resolve("node-jvm.yaml")).replace("hostPID: true", "hostPID: [1]"));

        assertThatThrownBy(() -> JSON.getGson().fromJson(manifest, V1DaemonSet.class))
                .hasMessageContaining("hostPID");
    }

    private static JsonElement read(String text) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new Gson().toJsonTree(tree);
    }
}
