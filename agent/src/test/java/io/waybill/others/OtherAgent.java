// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import io.waybill.testing.AgentJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarFile;

/** Agents that meet on one command line. */
enum OtherAgent {
    WAYBILL {
        @Override
        List<String> options(Path folder, int port) {
            return List.of("-javaagent:" + AgentJar.built() + "=period=200ms");
        }
    },
    /** Holds up main until no child is missed. */
    EAGER_WAYBILL {
        @Override
        List<String> options(Path folder, int port) {
            return List.of("-javaagent:" + AgentJar.built() + "=period=200ms,children=eager");
        }
    },
    OPEN_TELEMETRY {
        @Override
        List<String> options(Path folder, int port) {
            return List.of(
                    "-javaagent:" + Stock.jar("opentelemetry-javaagent"),
                    "-Dotel.traces.exporter=console",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none");
        }
    },
    PROMETHEUS {
        @Override
        List<String> options(Path folder, int port) {
            Path rules = Path.of("../examples/prometheus/waybill-jmx.yaml");
            return List.of("-javaagent:" + Stock.jar("jmx_prometheus_javaagent") + "=127.0.0.1:" + port + ":" + rules);
        }
    },
    JOLOKIA {
        @Override
        List<String> options(Path folder, int port) {
            return List.of("-javaagent:" + Stock.jar("jolokia-agent-jvm-javaagent") + "=host=127.0.0.1,port=" + port);
        }
    },
    MOCKITO {
        @Override
        List<String> options(Path folder, int port) {
            return List.of("-javaagent:" + Stock.jar("mockito-core"));
        }
    },
    ASYNC_PROFILER {
        @Override
        List<String> options(Path folder, int port) throws IOException {
            return List.of("-agentpath:" + asyncProfiler(folder) + "=start,event=itimer,interval=1ms,collapsed,file="
                    + folder.resolve("profile"));
        }
    };

    /**
     * What starts it.
     *
     * @param folder where it may write
     * @param port where it may listen
     */
    abstract List<String> options(Path folder, int port) throws IOException;

    /** The library of async-profiler, in a folder. */
    static Path asyncProfiler(Path folder) throws IOException {
        Path library = folder.resolve("libasyncProfiler.so");
        String name = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        try (JarFile jar = new JarFile(Stock.jar("async-profiler").toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name + "/libasyncProfiler.so"))) {
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }
}
