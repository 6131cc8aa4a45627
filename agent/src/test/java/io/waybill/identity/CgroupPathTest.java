// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.procfs.CgroupLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CgroupPathTest {
    private static final String ALLOCATION = "7a6d3c34-ccad-cbb4-0d66-4c8a2e0c9a0b";

    @Test
    void tasksOfOneAllocationOfNomadsAreTwoContainers() {
        ContainerIdentity redis = read("/nomad.slice/share.slice/" + ALLOCATION + ".redis.scope");
        ContainerIdentity proxy = read("/nomad.slice/share.slice/" + ALLOCATION + ".proxy.scope");

        assertThat(redis.id()).isEqualTo(ALLOCATION + ".redis").isNotEqualTo(proxy.id());
        assertThat(List.of(redis.displayName(), proxy.displayName())).containsExactly("redis", "proxy");
    }

    @Test
    void aTaskOfNomadsIsCalledTheSameFromInside() {
        Map<String, String> variables = Map.of("NOMAD_ALLOC_ID", ALLOCATION, "NOMAD_TASK_NAME", "redis");
        EnvironmentEvidence environment = new EnvironmentEvidence(variables, "");

        assertThat(environment
                        .find(MountEvidence.of(List.of()), CgroupPath.parse("/"))
                        .flatMap(found -> found.container()))
                .map(ContainerIdentity::id)
                .contains(read("/nomad/share/" + ALLOCATION + ".redis").id());
    }

    private static ContainerIdentity read(String path) {
        CgroupLines lines = CgroupLines.of(CgroupLine.parseAll(List.of("0::" + path)), CgroupPath::parse);
        return (ContainerIdentity) ProcIdentities.byCgroup(lines).orElseThrow();
    }
}
