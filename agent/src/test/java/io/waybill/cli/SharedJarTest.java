// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the {@code /tmp} of a container, whoever is root in it can change at any moment. */
class SharedJarTest {
    @TempDir
    private Path machine;

    private Path root;
    private Path jar;
    private Path secret;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(machine.resolve("container"));
        jar = Files.write(machine.resolve("waybill-agent.jar"), new byte[4 << 20]);
        secret = Files.createFile(
                machine.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void theCopyCanBeReadByAllAndIsRemoved() throws IOException {
        Path tmp = Files.createDirectory(root.resolve("tmp"));

        try (SharedJar shared = SharedJar.copiedBelow(root, jar, "it")) {
            Path copy = root.resolve(shared.pathForTarget().substring(1));
            assertThat(copy).hasSameBinaryContentAs(jar);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-r--r--");
        }

        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsALinkIsNone() throws IOException {
        Path elsewhere = Files.createDirectory(machine.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("tmp"), elsewhere);

        assertThatThrownBy(() -> SharedJar.copiedBelow(root, jar, "it"))
                .hasMessage("it has no folder /tmp to copy waybill-agent.jar to");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aLinkInPlaceOfTheCopyOpensNoFileToAll() throws Exception {
        Path tmp = Files.createDirectory(root.resolve("tmp"));
        Thread swapper = new Thread(() -> replaceByLink(tmp));
        swapper.start();

        try (SharedJar shared = SharedJar.copiedBelow(root, jar, "it")) {
            assertThat(shared.pathForTarget()).startsWith("/tmp/");
            swapper.join(); // it came too late, as it may on a busy machine
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("copying waybill-agent.jar to /tmp of it: ");
            swapper.join();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(secret).isEmptyFile();
    }

    /** As soon as there is a file. */
    private void replaceByLink(Path tmp) {
        try {
            Path link = Files.createSymbolicLink(root.resolve("link"), secret);
            for (boolean done = false; !done; ) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(tmp)) {
                    for (Path file : files) {
                        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
                        done = true;
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
