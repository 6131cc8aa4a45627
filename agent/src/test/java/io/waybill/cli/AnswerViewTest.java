// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Init;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
import io.waybill.inventory.ContainerEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerViewTest {
    @Test
    void labelsAreInTheSameOrderInEachJvm() {
        List<String> names = IntStream.range(10, 30).mapToObj(i -> "label" + i).toList();
        Map<String, String> labels = names.stream().collect(Collectors.toMap(name -> name, name -> "x"));

        Map<String, Object> view = new LinkedHashMap<>();
        AnswerView.addIdentity(view, container(labels));

        assertThat(((Map<?, ?>) view.get("labels")).keySet().stream().map(String::valueOf))
                .containsExactlyElementsOf(names);
    }

    @Test
    void theNameOfTheContainerOfAJvmIsTheNameAlone() {
        ObservedProcess process = new ObservedProcess(4711, 7, 1, "java", null);
        ContainerEntry entry =
                new ContainerEntry(container(Map.of()), null, new Init.None("test"), null, "host", Instant.EPOCH, 1);

        assertThat(PsCommand.jvm(entry, process, "com.acme.Main"))
                .containsEntry("name", "web")
                .containsEntry("sharedWith", "host");
    }

    private static ContainerIdentity container(Map<String, String> labels) {
        return new ContainerIdentity(
                "web",
                ContainerRuntime.RUNC,
                null,
                null,
                null,
                false,
                labels,
                "/web",
                new Provenance(Source.CGROUP, "test", "/web"),
                List.of());
    }
}
