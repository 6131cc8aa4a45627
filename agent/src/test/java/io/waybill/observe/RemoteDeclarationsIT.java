// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.observe.program.DeclaredProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.RunningJvm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.io.TempDir;

/** Declared methods through a connector, as a console in another JVM has them, which knows none of our classes. */
class RemoteDeclarationsIT {
    private static final String PREFIX = DeclaredProgram.class.getName() + "$";
    private static final String ADDED = PREFIX + "Service#added(pid:0)";
    private static final String MISSPELT = PREFIX + "Service#aded(pid:0)";

    @TempDir
    private Path folder;

    @OnBothJdks
    void methodsAreDeclaredAndTakenBackFromAfar(Jdk jdk) throws Exception {
        try (RunningJvm jvm = start(jdk)) {
            try (JMXConnector connector = jvm.connect()) {
                Bean scopes = new Bean(connector.getMBeanServerConnection());
                await(scopes::isRegistered);
                checkChanges(scopes);
                checkMistakes(scopes);

                ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "detach", Long.toString(jvm.pid()));

                assertThat(scopes.isRegistered()).isFalse();
            }
            jvm.terminate();
            assertThat(jvm.join().err())
                    .containsExactly(
                            "waybill: scope " + MISSPELT + ": the class has no such method; the nearest is added");
        }
    }

    private static void checkChanges(Bean scopes) throws Exception {
        scopes.invoke("add", ADDED);

        assertThat(scopes.declaration(ADDED).get("methods")).isEqualTo("added(long)");
        await(() -> (long) scopes.declaration(ADDED).get("opened") > 2);

        assertThat(scopes.invoke("remove", ADDED)).isEqualTo(true);
        assertThat(scopes.attribute("DeclarationCount")).isEqualTo(0);
        assertThat(scopes.attribute("Opened")).isEqualTo(0L);
    }

    private static void checkMistakes(Bean scopes) throws Exception {
        scopes.invoke("add", MISSPELT);

        await(() -> !scopes.declaration(MISSPELT).get("problem").equals(""));
        assertThatThrownBy(() -> scopes.invoke("add", "Service#added("))
                .isInstanceOf(RuntimeMBeanException.class)
                .hasCauseExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a parameter is expected");
        assertThatThrownBy(() -> scopes.invoke("add", "java.lang.Thread#sleep(pid:0)"))
                .hasCauseExactlyInstanceOf(IllegalArgumentException.class);
    }

    private RunningJvm start(Jdk jdk) throws Exception {
        RunningJvm jvm = ChildJvm.on(jdk)
                .options(
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xlog:jfr+startup=off",
                        "-XX:StartFlightRecording:filename=" + folder.resolve("afar.jfr"))
                .agent("scope.wait=1s")
                .start(
                        DeclaredProgram.Endless.class,
                        Long.toString(ProcessHandle.current().pid()));
        jvm.awaitLine("ready");
        return jvm;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** {@code io.waybill:type=Scopes} of the other JVM. */
    private record Bean(MBeanServerConnection server, ObjectName name) {
        Bean(MBeanServerConnection server) throws JMException {
            this(server, new ObjectName("io.waybill:type=Scopes"));
        }

        boolean isRegistered() throws Exception {
            return server.isRegistered(name);
        }

        Object attribute(String attribute) throws Exception {
            return server.getAttribute(name, attribute);
        }

        Object invoke(String operation, String declaration) throws Exception {
            return server.invoke(name, operation, new Object[] {declaration}, new String[] {String.class.getName()});
        }

        CompositeData declaration(String text) throws Exception {
            for (CompositeData each : (CompositeData[]) attribute("Declarations")) {
                if (each.get("declaration").equals(text)) {
                    return each;
                }
            }
            throw new AssertionError(text);
        }
    }
}
