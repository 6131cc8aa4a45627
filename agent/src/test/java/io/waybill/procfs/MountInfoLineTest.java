// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountInfoLineTest {
    /** The part of the file system that is mounted, and where; the part that another mount shows; where that is. */
    @ParameterizedTest
    @CsvSource({
        "254:0, /, /, /docker/containers, /docker/containers",
        "254:0, /, /srv, /docker/containers, /srv/docker/containers",
        "254:0, /, /srv, /, /srv/",
        "254:0, /docker, /, /docker/containers, /containers",
        "254:0, /docker, /srv, /docker, /srv",
        "254:0, /docker, /srv, /dockers/containers,",
        "254:0, /docker/containers, /srv, /docker,",
        "254:1, /, /srv, /docker/containers,"
    })
    void whatAnotherMountShowsIsAt(String device, String root, String point, String shown, String path) {
        assertThat(mount(device, root, point).pathOf(mount("254:0", shown, "/etc/hostname")))
                .isEqualTo(Optional.ofNullable(path));
    }

    private static MountInfoLine mount(String device, String root, String point) {
        return MountInfoLine.parse("31 24 " + device + " " + root + " " + point + " rw - ext4 /dev/vda rw");
    }
}
