// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.NoContainer;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read of a container now, and may be later. */
class UnreadStateTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String OWN = "/system.slice/docker-" + ID + ".scope";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aStateThatIsHalfWrittenIsNotAllThereIs() throws IOException {
        String whole = MadeMachine.docker("web", 10);
        MadeMachine machine =
                machine().init(10, 500, OWN).file(MadeMachine.dockerFile(ID), whole.substring(0, whole.length() - 10));
        ContainerIdentities identities = machine.identities();

        Named half = identities.name(identities.identify(10), 10);
        machine.file(MadeMachine.dockerFile(ID), whole);
        Named read = identities.name(identities.identify(10), 10);

        assertThat(half.whole()).isFalse();
        assertThat(half.identity().container())
                .hasValueSatisfying(container -> assertThat(container.name()).isNull());
        assertThat(read.whole()).isTrue();
        assertThat(read.identity().container())
                .hasValueSatisfying(container -> assertThat(container.name()).isEqualTo("web"));
    }

    @Test
    void whereARuntimeKeepsNothingNothingIsMissing() throws IOException {
        ContainerIdentities identities = machine().init(10, 500, OWN).identities();

        assertThat(identities.name(identities.identify(10), 10).whole()).isTrue();
    }

    @Test
    void whatRuncKeepsIsReadOnceThatIsPossible() throws Exception {
        Path state = folder.resolve("run/runc/web/state.json");
        MadeMachine machine = machine().init(10, 500, "/web");
        Files.createDirectories(state.resolve("in-the-way"));
        ContainerIdentities identities = machine.identities();

        Named unread = identities.name(identities.identify(10), 10);
        Files.delete(state.resolve("in-the-way"));
        Files.delete(state);
        machine.file(
                "run/runc/web/state.json",
                "{\"init_process_pid\":10,\"init_process_start\":500,\"cgroup_paths\":{\"\":\"/sys/fs/cgroup/web\"}}");
        Named read = identities.name(identities.identify(10), 10);

        assertThat(unread.whole()).isFalse();
        assertThat(unread.identity())
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.detail()).contains("not a regular file"));
        assertThat(read.whole()).isTrue();
        assertThat(read.identity())
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.runtime()).isEqualTo(ContainerRuntime.RUNC));
    }

    /** A process of a container's may be taken for one that only calls itself so, where what holds it cannot be read. */
    @Test
    void whatProcDidNotShowForWantOfADescriptorDisownsNobody() throws IOException {
        MadeMachine machine = machine()
                .host(5, 1, 0, "/usr/bin/containerd-shim-runc-v2 -namespace moby -id " + ID)
                .process(10, 5, 500, 0, OWN, "pid:[4026540010]", "10\t1")
                .file("var/lib/docker/containers/x", "");
        Scarce files = new Scarce(folder.resolve("proc/5/cmdline").toString(), new AtomicInteger());
        ContainerIdentities identities = machine.identities(new ProcFs(folder.resolve("proc")).readBy(files));

        Named named = identities.name(identities.identify(10), 10);

        assertThat(named.whole()).isFalse();
        assertThat(named.identity()).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.id()).isEqualTo(ID);
            assertThat(container.remarks()).singleElement().asString().contains("no descriptor");
        });
    }

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder).host(1, 0, 0, "/sbin/init");
    }

    /** Has no descriptor for one file. */
    private record Scarce(String path, AtomicInteger counted) implements WholeFiles {
        @Override
        public int shortages() {
            return counted.get();
        }

        @Override
        public byte[] read(String file, int limit) throws IOException {
            if (file.equals(path)) {
                counted.incrementAndGet();
                throw new IOException("open " + file + ": errno 24 (EMFILE)");
            }
            return WholeFiles.BY_JDK.read(file, limit);
        }
    }
}
