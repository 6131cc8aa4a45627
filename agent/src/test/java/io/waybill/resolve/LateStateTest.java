// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.linux.Linux;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** runc makes a container's namespace, in its cgroup, and writes down a moment later whose that is. */
class LateStateTest {
    @TempDir
    private Path machine = Path.of("");

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aContainerThatWasMetBeforeItsRuntimeWroteItDownIsNamedAllTheSame() throws Exception {
        ProcFs procFs = ProcFs.mounted();
        ProcessReader processes = new ProcessReader(procFs);
        Linux linux = Linux.load();
        // by this clock every process is young
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        IdentitySettings settings = new IdentitySettings(machine, machine, false, false, Map.of());
        try (Farm farm = Farm.open();
                NamespaceResolver namespaces = NamespaceResolver.over(linux, procFs, 10, StepLog.NONE);
                ContainerResolver resolver = new ContainerResolver(
                        namespaces, ContainerIdentities.of(procFs, settings), processes, 10, clock)) {
            long init = farm.make().init();
            Resolution early = resolver.named(resolver.resolve(init));

            Path state =
                    Files.createDirectories(machine.resolve("run/runc/web")).resolve("state.json");
            Files.writeString(
                    state,
                    "{\"id\":\"web\",\"init_process_pid\":" + init + ",\"init_process_start\":"
                            + processes.startTicks(init) + ",\"cgroup_paths\":{}}");

            assertThat(early.container()).isEmpty();
            while (resolver.named(resolver.resolve(init)).container().isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(resolver.resolve(init).container())
                    .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo("web"));
        }
    }
}
