// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignProcFsTest {
    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    private Path root;

    @Test
    void theMountedOneIsOurs() {
        assertThat(ForeignProcFs.whyNotOurs(new ProcFs(Path.of("/proc")))).isEmpty();
    }

    @Test
    void oneThatCallsThisJvmByAnotherNumberIsNot() throws IOException {
        self(OWN + 1, (OWN + 1) + "\t" + OWN);

        assertThat(ForeignProcFs.whyNotOurs(new ProcFs(root))).hasValue(told(Long.toString(OWN + 1)));
    }

    /** Numbers are given anew in each namespace, so that the same process may have the same one in two of them. */
    @Test
    void norOneThatCallsItByTheSameNumberByChance() throws IOException {
        self(OWN, OWN + "\t" + OWN);

        assertThat(ForeignProcFs.whyNotOurs(new ProcFs(root))).hasValue(told("[" + OWN + ", " + OWN + "]"));
    }

    @Test
    void norOneThatDoesNotShowIt() {
        assertThat(ForeignProcFs.whyNotOurs(new ProcFs(root)))
                .hasValueSatisfying(why -> assertThat(why).contains("no procfs that shows this JVM"));
    }

    private String told(String numbers) {
        return root + " was mounted for another pid namespace (it calls this JVM " + numbers + ", not " + OWN
                + "), so nothing is read there";
    }

    private void self(long number, String nsPid) throws IOException {
        Path folder = Files.createDirectories(root.resolve(Long.toString(number)));
        Files.createSymbolicLink(root.resolve("self"), folder.getFileName());
        Files.writeString(
                folder.resolve("status"),
                "Name:\tjava\nState:\tS (sleeping)\nTgid:\t" + number + "\nNSpid:\t" + nsPid + "\n");
    }
}
