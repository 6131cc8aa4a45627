// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.RunningJvm;
import io.waybill.viewers.program.WatchedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** JVMs with the agent that let others look at them. */
final class WatchedJvm {
    static final String USER = "waybill";
    static final String PASSWORD = "not-a-secret";

    private WatchedJvm() {}

    /** One with the agent. */
    static ChildJvm with(Jdk jdk) {
        return ChildJvm.on(jdk).options("-Xlog:jfr+startup=off").agent("period=200ms");
    }

    /** Starts it, and waits until its beans show the init. */
    static RunningJvm start(ChildJvm jvm, long initPid) throws Exception {
        RunningJvm running = jvm.start(WatchedProgram.class, Long.toString(initPid));
        running.awaitLine("ready");
        return running;
    }

    /** The options that open a JMX connector to everybody on this machine. */
    static String[] connector(int port) {
        return new String[] {
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1"
        };
    }

    /** The options that open one to a user with a password, over TLS. */
    static String[] guardedConnector(int port, Path folder) throws Exception {
        Path password = privateFile(folder.resolve("jmx.password"), USER + " " + PASSWORD);
        Path access = privateFile(folder.resolve("jmx.access"), USER + " readwrite");
        Path keys = keys(folder);
        return new String[] {
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.password.file=" + password,
            "-Dcom.sun.management.jmxremote.access.file=" + access,
            "-Dcom.sun.management.jmxremote.ssl=true",
            "-Dcom.sun.management.jmxremote.registry.ssl=true",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Djavax.net.ssl.keyStore=" + keys,
            "-Djavax.net.ssl.keyStorePassword=changeit"
        };
    }

    /** The options by which a client trusts it. */
    static String[] trust(Path folder) {
        return new String[] {
            "-Djavax.net.ssl.trustStore=" + folder.resolve("keys.p12"), "-Djavax.net.ssl.trustStorePassword=changeit"
        };
    }

    /** Connects as a client in another JVM does. */
    static JMXConnector connect(int port) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        return JMXConnectorFactory.connect(url, Map.of());
    }

    /** A program that is not ours, fetched by the build. */
    static String stranger(String name) {
        return Objects.requireNonNull(System.getProperty("waybill.test.strangers")) + "/" + name + ".jar";
    }

    private static Path privateFile(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Path keys(Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        List<String> command = List.of(
                Jdk.oldest().program("keytool").toString(),
                "-genkeypair",
                "-alias",
                "jmx",
                "-keyalg",
                "EC",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
        return keys;
    }
}
