// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The core of WildFly, which names a log manager and a builder of MBean servers when it starts, from its own modules. */
class WildFlyIT {
    /** What its script gives the JVM. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    @TempDir
    private Path folder;

    @OnBothJdks
    void startsWithItsOwnLogManagerAndMBeanServer(Jdk jdk) throws Exception {
        try (Comparison both = Comparison.of(
                ServingJvm.start(jdk, folder, List.of(), (own, port) -> command(jdk, own, port)),
                ServingJvm.start(jdk, folder, List.of(OtherAgent.WAYBILL), (own, port) -> command(jdk, own, port)))) {
            String state = "/management?operation=attribute&name=server-state";
            for (ServingJvm each : List.of(both.without(), both.with())) {
                assertThat(each.get(state)).isEqualTo("\"running\"");
                each.jvm().awaitLine("WFLYSRV0025");
            }
            both.checkBeans("jboss.as:management-root=server");

            both.checkLogs();
        }
    }

    private static List<String> command(Jdk jdk, Path own, int port) throws IOException {
        Path home = Stock.server("wildfly-core");
        Stock.copy(home.resolve("standalone"), own.resolve("standalone"));
        Path base = own.resolve("standalone");
        Path configuration = base.resolve("configuration/standalone.xml");
        String open = Files.readString(configuration)
                .replace(" http-authentication-factory=\"management-http-authentication\"", "")
                .replace(" sasl-authentication-factory=\"management-sasl-authentication\"", "");
        Files.writeString(configuration, open);
        List<String> command = new ArrayList<>(OPENED);
        Stream.of(
                        "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
                        "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                        "-jar",
                        loader(jdk, home).toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.standalone",
                        "-Djboss.home.dir=" + home,
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.management.http.port=" + port)
                .forEach(command::add);
        return command;
    }

    /** The one of this WildFly sets a security policy, which JDK 24 and later refuse. */
    private static Path loader(Jdk jdk, Path home) {
        return jdk.feature() < 24 ? home.resolve("jboss-modules.jar") : Stock.jar("jboss-modules");
    }
}
