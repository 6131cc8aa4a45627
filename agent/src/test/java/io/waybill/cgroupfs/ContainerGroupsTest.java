// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContainerGroupsTest {
    private static final String ID = "b6c33be0c584".repeat(5) + "b6c3";
    private static final String UUID = "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f";

    @Test
    void aGroupThatTheContainerCallsLikeItselfIsAPartOfIt() {
        assertThat(ContainerGroups.groupOf("/docker/" + ID + "/docker-" + ID + ".scope/busy", ID))
                .isEqualTo("/docker/" + ID);
        assertThat(ContainerGroups.groupOf("/garden/" + UUID + "/init/" + UUID, UUID))
                .isEqualTo("/garden/" + UUID);
    }

    @Test
    void aServiceOfTheSameNameAboveIsNotTheContainer() {
        assertThat(ContainerGroups.groupOf("/system.slice/web.service/lxc.payload.web/init.scope", "web"))
                .isEqualTo("/system.slice/web.service/lxc.payload.web");
    }

    @Test
    void aMachineNameWithAHyphenIsFoundInItsScope() {
        assertThat(ContainerGroups.groupOf("/machine.slice/machine-web\\x2d0.scope/payload", "web-0"))
                .isEqualTo("/machine.slice/machine-web\\x2d0.scope");
    }

    @Test
    void whereNoGroupHasTheIdThereIsNone() {
        assertThat(ContainerGroups.groupOf("/docker/" + ID + "0", ID)).isEmpty();
        assertThat(ContainerGroups.groupOf("/", "web")).isEmpty();
        assertThat(ContainerGroups.groupOf("", "web")).isEmpty();
    }
}
