// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Docker keeps its containers, if only its command line says so: by what its containers mount. */
class DataRootTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String OTHER = "b6c33be0c58464ba6529e0f5068a1217cbc4f69496691c720ba53319196d78e2";
    private static final String OWN = "/system.slice/docker-" + ID + ".scope";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aDataRootElsewhereIsFoundByTheMounts() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, OWN)
                .mount(10, "/srv/docker/containers/" + OTHER + "/hostname", "/etc/hostname")
                .file("srv/docker/containers/" + ID + "/config.v2.json", MadeMachine.docker("web", 10));

        // a folder that is not root's does not speak for Docker
        boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.name()).isEqualTo(root ? "web" : null));
    }

    /** Mounts say where a file is in its file system, which may be mounted anywhere; a network's is not asked. */
    @ParameterizedTest
    @CsvSource({"xfs, /docker, true", "xfs, /, true", "nfs4, /docker, false"})
    void aDataRootOnAFileSystemOfItsOwnIsFoundWhereThatIsMounted(String type, String below, boolean found)
            throws IOException {
        String dataRoot = "srv" + (below.equals("/") ? "" : below);
        MadeMachine machine = machine()
                .init(10, 500, OWN)
                .mount(10, below.replaceFirst("/$", "") + "/containers/" + ID + "/hostname", "/etc/hostname")
                .file(
                        "proc/self/mountinfo",
                        "20 1 8:1 / / rw - ext4 /dev/sda rw\n21 20 254:0 / /srv rw - " + type + " /dev/vda rw\n")
                .file(dataRoot + "/containers/" + ID + "/config.v2.json", MadeMachine.docker("web", 10));

        boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.name()).isEqualTo(root && found ? "web" : null));
    }

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder).host(1, 0, 0, "/sbin/init");
    }
}
