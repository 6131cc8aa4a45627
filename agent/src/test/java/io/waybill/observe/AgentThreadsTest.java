// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentThreadsTest {
    private final Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    private final PrintStream err = System.err;
    private final List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void beAnApplication() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> handled.add(failure));
        System.setErr(new PrintStream(written, true));
    }

    @AfterEach
    void restore() {
        System.setErr(err);
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    /** It may end the JVM. */
    @Test
    void whatAThreadThrowsIsNotTheMatterOfTheApplicationsHandler() throws Exception {
        run(() -> {
            throw new IllegalStateException("planted\nin two lines");
        });

        assertThat(handled).isEmpty();
        assertThat(written.toString().lines())
                .containsExactly("waybill: an error in the agent, which goes on without waybill-test: "
                        + "java.lang.IllegalStateException: planted in two lines");
    }

    /** What they start is a child of the application, and what they load its class. */
    @Test
    void listenersOfTheApplicationRunInNoneOfThem() throws Exception {
        List<Object> seen = new ArrayList<>();
        Thread thread = AgentThreads.ofListeners("test", () -> {
            seen.add(AgentThreads.isCurrent());
            seen.add(Thread.currentThread().getContextClassLoader());
        });
        thread.start();
        thread.join();

        assertThat(thread.isDaemon()).isTrue();
        assertThat(seen).containsExactly(false, ClassLoader.getSystemClassLoader());
    }

    @Test
    void threadsThatEndedLeaveNoGroupBehind() throws Exception {
        run(() -> {});
        long groups = groups();

        run(() -> {});

        assertThat(groups()).isEqualTo(groups);
    }

    private static void run(Runnable work) throws InterruptedException {
        Thread thread = AgentThreads.of("test", work);
        thread.start();
        thread.join();
    }

    private static long groups() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        ThreadGroup[] all = new ThreadGroup[1000];
        return Stream.of(all)
                .limit(root.enumerate(all))
                .filter(group -> group.getName().equals("waybill"))
                .count();
    }
}
