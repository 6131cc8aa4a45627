// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
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
        ContainerIdentity container = new ContainerIdentity(
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

        Map<String, Object> view = new LinkedHashMap<>();
        AnswerView.addIdentity(view, container);

        assertThat(((Map<?, ?>) view.get("labels")).keySet().stream().map(String::valueOf))
                .containsExactlyElementsOf(names);
    }
}
