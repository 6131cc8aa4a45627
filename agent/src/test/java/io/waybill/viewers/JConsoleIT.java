// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.RunningJvm;
import io.waybill.viewers.program.AttributeValue;
import io.waybill.viewers.program.JConsoleDriver;
import io.waybill.viewers.program.Windows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;

/** What JConsole shows, on a display that nobody sees. The pictures are left in {@code target/pictures}. */
class JConsoleIT {
    private static final Path PICTURES = Path.of("target/pictures");

    @TempDir
    private Path folder;

    @OnBothJdks
    void theTableAChartAndANotificationAreShown(Jdk jdk) throws Exception {
        Needs.program("Xvfb");
        Needs.that(hasWindows(jdk), "a JDK with windows is needed");
        int chartWidth = jdk.equals(Jdk.oldest()) ? 60 : 10; // in dots, five a second; once to have something to see
        try (Display display = Display.open(folder);
                LimitedContainer noisy = LimitedContainer.spinning();
                RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk), noisy.initPid());
                RunningJvm console = ChildJvm.tool(jdk, "jconsole")
                        .environment("DISPLAY", display.name())
                        .options(
                                "-interval=1",
                                "-J-javaagent:" + driver() + "=" + folder + ";" + noisy.id() + ";" + noisy.initPid()
                                        + ";" + chartWidth)
                        .startCommand(Long.toString(watched.pid()))) {
            awaitLine("subscribed", console);
            try (LimitedContainer next = LimitedContainer.sleeping()) {
                awaitLine("done", console);

                List<String> read = Files.readAllLines(folder.resolve("read"));
                assertThat(read).anyMatch(line -> line.startsWith("table ") && line.contains("initPid, "));
                assertThat(read).anyMatch(line -> line.matches("chart .*CpuUsage.*\\d.*"));
                assertThat(read)
                        .anyMatch(line -> line.startsWith("operation ") && line.contains("containerId, " + noisy.id()));
                assertThat(read).anyMatch(line -> line.startsWith("notification ") && line.contains(" started, init "));
                assertThat(next.initPid()).isPositive();
            }
            Path pictures = Files.createDirectories(PICTURES.resolve("jdk" + jdk.feature()));
            for (String name : List.of("containers", "chart", "notification")) {
                Path picture = folder.resolve(name + ".png");
                assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1200);
                Files.write(pictures.resolve(name + ".png"), Files.readAllBytes(picture));
            }
        }
    }

    private void awaitLine(String line, RunningJvm console) throws Exception {
        Path read = folder.resolve("read");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!Files.exists(read) || Files.readAllLines(read).stream().noneMatch(each -> each.startsWith(line))) {
            assertThat(System.nanoTime())
                    .as("JConsole " + console.pid() + " has not come to " + line + ", but to "
                            + (Files.exists(read) ? Files.readAllLines(read) : "nothing"))
                    .isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** A jar with the driver alone. */
    private Path driver() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", JConsoleDriver.class.getName());
        Path jar = folder.resolve("driver.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : List.of(JConsoleDriver.class, AttributeValue.class, Windows.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                Files.copy(ChildJvm.testClasses().resolve(name), entries);
            }
        }
        return jar;
    }

    private static boolean hasWindows(Jdk jdk) {
        return jdk.isPresent() && Files.exists(jdk.program("java").getParent().resolveSibling("lib/libawt_xawt.so"));
    }
}
