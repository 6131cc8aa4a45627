// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The application of {@code HostServlet}, with its own JNA and its own API and events of Waybill. */
final class War {
    private War() {}

    /** Packs it, under this name. */
    static Path pack(Path folder, String name) throws IOException {
        Path servlets = Stock.server("apache-tomcat").resolve("lib/servlet-api.jar");
        Path classes =
                Sources.compile("HostServlet", folder.resolve("servlet"), List.of(servlets, Stock.jna(), Stock.api()));
        Path information = Files.createDirectories(folder.resolve("information"));
        try (InputStream in = War.class.getResourceAsStream("/others/web.xml")) {
            Files.copy(in, information.resolve("web.xml"));
        }
        Path war = folder.resolve(name);
        try (Packed packed = Packed.into(war)) {
            packed.folder("WEB-INF/", information)
                    .folder("WEB-INF/classes/", classes)
                    .library("WEB-INF/lib/", Stock.jna())
                    .library("WEB-INF/lib/", Stock.api());
        }
        return war;
    }
}
