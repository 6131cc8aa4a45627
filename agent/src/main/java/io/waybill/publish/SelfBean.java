// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.PidNamespace;
import java.util.Map;
import java.util.function.Supplier;

/** This JVM's own container as a bean. */
record SelfBean(Supplier<Identity> self, PidNamespace namespace) implements SelfMXBean {
    private Facts facts() {
        return new Facts(self.get(), namespace, new Init.None(""));
    }

    @Override
    public String getContainerId() {
        return facts().containerId();
    }

    @Override
    public String getContainerName() {
        return facts().containerName();
    }

    @Override
    public String getRuntime() {
        return facts().runtime();
    }

    @Override
    public String getImage() {
        return facts().image();
    }

    @Override
    public String getPodName() {
        return facts().podName();
    }

    @Override
    public String getPodNamespace() {
        return facts().podNamespace();
    }

    @Override
    public String getPodUid() {
        return facts().podUid();
    }

    @Override
    public long getPid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long getPidNamespace() {
        return namespace.id().inode();
    }

    @Override
    public String getCgroupPath() {
        return facts().cgroupPath();
    }

    @Override
    public String getProvenance() {
        return facts().provenance();
    }

    @Override
    public Map<String, String> getResourceAttributes() {
        return self.get() instanceof ContainerIdentity container ? container.resourceAttributes() : Map.of();
    }
}
