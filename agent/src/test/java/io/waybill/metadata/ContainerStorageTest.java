// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists in which containers/storage keeps the containers of Podman and CRI-O. */
class ContainerStorageTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String IMAGE_ID = "c8911d2d3d8ea32c6d764095ed0da02b6c5eaf6c954514c34c863f51e76ac85d";
    private static final String LASTING = "var/lib/containers/storage/overlay-containers/";

    @TempDir
    private Path root = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                LASTING + "containers.json",
                LASTING + "volatile-containers.json", // podman run --rm
                "run/containers/storage/overlay-containers/volatile-containers.json" // podman --transient-store
            })
    void aContainerOfPodmanHasTheNameAndTheImageOfTheListThatHasIt(String list) throws IOException {
        bundle("{\"annotations\":{\"io.container.manager\":\"libpod\"}}");
        write(list, entry("web", "docker.io/library/nginx:1"));

        ContainerRecord found = found(ContainerRuntime.PODMAN);

        assertThat(found.name()).isEqualTo("web");
        assertThat(found.image()).isEqualTo("docker.io/library/nginx:1");
    }

    @Test
    void anImageThatCrioWasAskedForByItsIdHasItsName() throws IOException {
        bundle("{\"annotations\":{\"io.container.manager\":\"cri-o\",\"io.kubernetes.container.name\":\"web\","
                + "\"io.kubernetes.cri-o.ImageName\":\"quay.io/shop/web:1\"}}");
        write(LASTING + "volatile-containers.json", entry("k8s_web_web-0_shop_1111_0", IMAGE_ID));

        ContainerRecord found = found(ContainerRuntime.CRIO);

        assertThat(found.name()).isEqualTo("web");
        assertThat(found.image()).isEqualTo("quay.io/shop/web:1");
    }

    @Test
    void aListOfManyMegabytesIsReadToItsEnd() throws IOException {
        bundle("{\"annotations\":{\"io.container.manager\":\"libpod\"}}");
        String other = "{\"id\":\"b6c3\",\"names\":[\"" + "x".repeat(1000) + "\"]},";
        write(
                LASTING + "containers.json",
                "[" + other.repeat(5000) + entry("web", "nginx:1").substring(1));

        assertThat(found(ContainerRuntime.PODMAN).name()).isEqualTo("web");
    }

    @Test
    void aListThatIsTornIsSaidToBeMissing() throws IOException {
        bundle("{\"annotations\":{\"io.container.manager\":\"libpod\"}}");
        write(LASTING + "containers.json", "[{\"id\":\"b6c3\"},");

        assertThat(find(ContainerRuntime.PODMAN)).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            assertThat(found.container().name()).isNull();
            assertThat(found.missing()).contains("overlay-containers/containers.json");
        });
    }

    @Test
    void anEntryOfMoreThanAMegabyteIsNotRead() throws IOException {
        bundle("{\"annotations\":{\"io.container.manager\":\"libpod\"}}");
        write(LASTING + "containers.json", entry("x".repeat(3 << 20), "nginx:1"));

        assertThat(find(ContainerRuntime.PODMAN))
                .isInstanceOfSatisfying(
                        Lookup.Found.class, found -> assertThat(found.missing()).contains("larger than"));
    }

    @Test
    void whatIsInAListThatCannotBeReadIsNotSaidToBeNowhere() throws IOException {
        write(LASTING + "containers.json", "[{\"id\":\"" + ID + "\"");

        assertThat(find(ContainerRuntime.PODMAN)).isInstanceOf(Lookup.Unreadable.class);
    }

    @Test
    void aContainerThatIsOnlyListedIsFoundInTheFolderOfItsList() throws IOException {
        write(LASTING + "containers.json", entry("web", "nginx:1"));

        assertThat(found(ContainerRuntime.PODMAN).file())
                .isEqualTo(root.resolve(LASTING).toString());
    }

    private ContainerRecord found(ContainerRuntime runtime) {
        Lookup lookup = find(runtime);
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).container();
    }

    private Lookup find(ContainerRuntime runtime) {
        return new RuntimeStates(root, false).find(new Wanted(runtime, ID, Wanted.NO_USER, List.of()));
    }

    private void bundle(String config) throws IOException {
        write(LASTING + ID + "/userdata/config.json", config);
    }

    private static String entry(String name, String image) {
        return "[{\"id\":\"" + ID + "\",\"names\":[\"" + name + "\"],\"metadata\":\"{\\\"image-name\\\":\\\"" + image
                + "\\\"}\"}]";
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
