// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolJvmTest {
    @Test
    void toolsAreKnownByTheModuleThatTheirLauncherNames() {
        assertThat(ToolJvm.isTool("jdk.jcmd", "jdk.jcmd/sun.tools.jcmd.JCmd 4711 VM.version"))
                .isTrue();
        assertThat(ToolJvm.isTool("java.base", "java.base/sun.security.tools.keytool.Main -list"))
                .isTrue();
    }

    @Test
    void applicationsAreNot() {
        assertThat(ToolJvm.isTool("", "com.acme.Main")).isFalse();
        assertThat(ToolJvm.isTool("com.acme", "com.acme/com.acme.Main")).isFalse();
        assertThat(ToolJvm.isTool("", "")).isFalse();
    }

    @Test
    void theCompilersLauncherRunsAnApplication() {
        assertThat(ToolJvm.isTool("jdk.compiler", "jdk.compiler/com.sun.tools.javac.launcher.Main Hello.java"))
                .isFalse();
        assertThat(ToolJvm.isTool(
                        "jdk.compiler", "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Hello.java"))
                .isFalse();
        assertThat(ToolJvm.isTool("jdk.compiler", "jdk.compiler/com.sun.tools.javac.Main Hello.java"))
                .isTrue();
    }
}
