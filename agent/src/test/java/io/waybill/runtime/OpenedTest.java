// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent has opened is closed, also where it does not start. */
class OpenedTest {
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened(new Complaints());

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true));
    }

    @AfterEach
    void restore() {
        System.setErr(err);
    }

    @Test
    void theLastIsClosedFirstAndEachWhateverAnotherOneThrows() {
        opened.add(() -> closed.add("first"));
        opened.add(() -> {
            throw new OutOfMemoryError("planted");
        });
        opened.add(() -> closed.add("last"));

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("last", "first");
        assertThat(written.toString().lines())
                .containsExactly("waybill: stopping: java.lang.OutOfMemoryError: planted");
    }

    /** The agent's thread may be in the midst of its start when it is stopped. */
    @Test
    void whatComesTooLateIsClosedAtOnce() {
        opened.close();

        opened.add(() -> closed.add("late"));

        assertThat(closed).containsExactly("late");
    }

    @Test
    void anAgentThatDoesNotStartHoldsNoDescriptor() throws Exception {
        Instrumentation instrumentation = (Instrumentation) Proxy.newProxyInstance(
                Damaged.class.getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        Class<?> runtime = new Damaged().loadClass("io.waybill.runtime.AgentRuntime");
        long before = namespaces();

        assertThatThrownBy(() -> runtime.getMethod(
                                "start", String.class, Instrumentation.class, boolean.class, Runnable.class)
                        .invoke(null, "children=off,peers=off,attach=off,jfr=off", instrumentation, true, (Runnable)
                                () -> {}))
                .isInstanceOf(InvocationTargetException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);

        assertThat(namespaces()).isEqualTo(before);
    }

    /** How many pid namespaces this JVM holds open. */
    private static long namespaces() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(OpenedTest::isPidNamespace).count();
        }
    }

    private static boolean isPidNamespace(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pid:[");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Has the agent's classes as from a jar that lacks one of them. */
    private static final class Damaged extends ClassLoader {
        Damaged() {
            super(OpenedTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("io.waybill.publish.Usages")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.waybill.runtime.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
