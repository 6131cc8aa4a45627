// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers under names of their users' own, proven by what runc and crun wrote down. */
class RunningContainersTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aProcessBelowTheContainersCgroupIsInIt() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/web/init.scope")
                .process(11, 10, 600, 0, "/web/system.slice/nginx.service", "pid:[4026540010]", "11\t7")
                .file("run/runc/web/state.json", runc("web", 10, 500));

        assertThat(machine.named(11)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.id()).isEqualTo("web");
            assertThat(container.provenance()).hasToString("runtime-state:runc-state");
        });
    }

    @Test
    void aContainerWithoutACgroupIsFoundByItsNamespace() throws IOException {
        MadeMachine machine = machine().init(10, 500, "/").file("run/crun/web/status", crun(10, 500, ""));

        assertThat(machine.named(10)).isInstanceOf(ContainerIdentity.class);
    }

    @Test
    void aPidThatStartedAtAnotherTimeIsAnotherProcess() throws IOException {
        MadeMachine machine = machine().init(10, 501, "/web").file("run/runc/web/state.json", runc("web", 10, 500));

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
    }

    @Test
    void aPidWithoutAStartProvesNothingInAnotherCgroup() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/other")
                .init(20, 600, "/web")
                .file("run/crun/ended/status", "{\"pid\":10,\"cgroup-path\":\"/ended\"}")
                .file("run/crun/web/status", "{\"pid\":20,\"cgroup-path\":\"/web\"}");

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
        assertThat(machine.named(20)).isInstanceOf(ContainerIdentity.class);
    }

    @Test
    void aCgroupOfTheSameNameElsewhereIsNotTheContainers() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/web")
                .init(20, 600, "/user.slice/user-1000.slice/user@1000.service/web")
                .file("run/runc/web/state.json", runc("web", 10, 500));

        assertThat(machine.named(20)).isInstanceOf(NoContainer.class);
    }

    @Test
    void aContainerStartedAnewUnderItsNameIsTheNewOne() throws IOException {
        MadeMachine machine = machine().init(10, 500, "/web").file("run/runc/web/state.json", runc("web", 10, 500));
        ContainerIdentities identities = machine.identities();
        Identity before = MadeMachine.named(identities, 10);
        delete(folder.resolve("run/runc/web"));
        delete(folder.resolve("proc/10"));
        machine.init(20, 900, "/web").file("run/runc/web/state.json", runc("web", 20, 900));

        Identity after = MadeMachine.named(identities, 20);

        assertThat(before).isInstanceOf(ContainerIdentity.class);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aUserIsNotBelievedOfProcessesThatAreNotHis() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/system.slice/database.service")
                .file("run/user/1000/runc/mine/state.json", runc("database.service", 10, 500));

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
    }

    @Test
    void aUsersOwnContainerIsSaidToBeHis() throws IOException {
        MadeMachine machine = machine()
                .process(10, 1, 500, 1000, "/user.slice/web", "pid:[4026540010]", "10\t1")
                .file("run/user/1000/crun/web/status", crun(10, 500, "/user.slice/web"));

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.remarks()).containsExactly("run by user 1000"));
    }

    @Test
    void theSessionOfWhoeverStartedAContainerIsNotTheContainer() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/session-7.scope")
                .process(30, 1, 50, 0, "/session-7.scope", "pid:[4026531836]", "30")
                .file("run/runc/web/state.json", runc("web", 10, 500));

        assertThat(machine.named(10)).isInstanceOf(ContainerIdentity.class);
        assertThat(machine.named(30)).isInstanceOf(NoContainer.class);
    }

    @Test
    void anotherContainerLeavesThoseThatAreKnownUnread() throws IOException {
        MadeMachine machine = machine();
        for (long pid = 10; pid < 20; pid++) {
            machine.init(pid, 500, "/web" + pid).file("run/runc/" + pid + "/state.json", runc("web" + pid, pid, 500));
        }
        List<String> read = new ArrayList<>();
        ProcFs counted = new ProcFs(folder.resolve("proc")).readBy((path, limit) -> {
            read.add(path);
            return WholeFiles.BY_JDK.read(path, limit);
        });
        ContainerIdentities identities = machine.identities(counted);
        assertThat(MadeMachine.named(identities, 10)).isInstanceOf(ContainerIdentity.class);
        machine.init(20, 900, "/web20").file("run/runc/20/state.json", runc("web20", 20, 900));
        read.clear();

        assertThat(MadeMachine.named(identities, 20)).isInstanceOf(ContainerIdentity.class);
        assertThat(MadeMachine.named(identities, 15)).isInstanceOf(ContainerIdentity.class);
        assertThat(read)
                .noneMatch(path -> path.startsWith(folder.resolve("proc/14").toString()))
                .anyMatch(path -> path.startsWith(folder.resolve("proc/15").toString()));
    }

    @Test
    void aContainerMadeInTheCgroupOfOneThatIsKnownIsFound() throws IOException {
        MadeMachine machine = machine().init(10, 500, "/web").file("run/runc/web/state.json", runc("web", 10, 500));
        ContainerIdentities identities = machine.identities();
        Identity outer = MadeMachine.named(identities, 10);
        machine.init(20, 900, "/web/inner").file("run/crun/inner/status", crun(20, 900, "/web/inner"));

        assertThat(outer.container())
                .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo("web"));
        assertThat(MadeMachine.named(identities, 20).container())
                .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo("inner"));
    }

    @Test
    void ofTwoInOneCgroupTheOneThatIsLeftIsFound() throws IOException {
        MadeMachine machine = machine().init(10, 500, "/web").file("run/runc/one/state.json", runc("web", 10, 500));
        ContainerIdentities identities = machine.identities();
        Identity alone = MadeMachine.named(identities, 10);
        machine.init(20, 900, "/web").file("run/crun/two/status", crun(20, 900, "/web"));
        machine.process(30, 1, 50, 0, "/other", "pid:[4026531836]", "30");
        MadeMachine.named(identities, 30); // which looks at what was written down
        delete(folder.resolve("run/crun/two"));
        delete(folder.resolve("proc/20"));

        assertThat(alone).isInstanceOf(ContainerIdentity.class);
        assertThat(MadeMachine.named(identities, 10)).isEqualTo(alone);
    }

    @Test
    void aContainerThatRuncOrCrunKeepsForAManagerIsTheManagers() throws IOException {
        String build = "nk8ykdrr0pkqz3dgqqqy5pwsy";
        String id = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
        String bundle = "/run/containers/storage/overlay-containers/" + id + "/userdata";
        String status = crun(20, 600, "/pods/crio-" + id).replace("}", ",\"bundle\":\"" + bundle + "\"}");
        MadeMachine machine = machine()
                .init(10, 500, "/docker/buildkit/" + build)
                .file("run/runc/" + build + "/state.json", runc("docker/buildkit/" + build, 10, 500))
                .init(20, 600, "/pods/crio-" + id)
                .file("run/crun/" + id + "/status", status);

        assertThat(machine.named(10).container()).hasValueSatisfying(container -> {
            assertThat(container.runtime()).isEqualTo(ContainerRuntime.BUILDKIT);
            assertThat(container.provenance()).hasToString("runtime-state:runc-state");
        });
        assertThat(machine.named(20).container())
                .hasValueSatisfying(container -> assertThat(container.runtime()).isEqualTo(ContainerRuntime.CRIO));
    }

    private MadeMachine machine() {
        return new MadeMachine(folder);
    }

    private static String runc(String cgroup, long pid, long start) {
        return "{\"id\":\"web\",\"init_process_pid\":" + pid + ",\"init_process_start\":" + start
                + ",\"cgroup_paths\":{\"\":\"/sys/fs/cgroup/" + cgroup + "\"}}";
    }

    private static String crun(long pid, long start, String cgroup) {
        return "{\"pid\":" + pid + ",\"process-start-time\":" + start + ",\"cgroup-path\":\"" + cgroup + "\"}";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
