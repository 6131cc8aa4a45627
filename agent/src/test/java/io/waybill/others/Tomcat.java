// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Apache Tomcat as its own script starts it, with a log manager named on the command line. */
final class Tomcat {
    private Tomcat() {}

    /** The application is at the address of the war's name. */
    static ServingJvm.Application serving(Path war) {
        return (folder, port) -> command(war, folder, port);
    }

    private static List<String> command(Path war, Path folder, int port) throws IOException {
        Path home = Stock.server("apache-tomcat");
        Stock.copy(home.resolve("conf"), folder.resolve("conf"));
        Path configuration = folder.resolve("conf/server.xml");
        String server = Files.readString(configuration)
                .replace("port=\"8005\"", "port=\"-1\"")
                .replace("port=\"8080\"", "port=\"" + port + "\"");
        Files.writeString(configuration, server);
        Files.createDirectories(folder.resolve("temp"));
        Files.createDirectories(folder.resolve("logs"));
        Files.copy(war, Files.createDirectories(folder.resolve("webapps")).resolve(war.getFileName()));
        return List.of(
                "-Djava.util.logging.config.file=" + folder.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                "-Dcatalina.base=" + folder,
                "-Dcatalina.home=" + home,
                "-Djava.io.tmpdir=" + folder.resolve("temp"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }
}
