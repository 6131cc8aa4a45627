// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.InitWay;
import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.NamespaceAnswer;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application has used up its descriptors when the agent comes, and gives some back later. */
class ShortAtStartTest {
    private final AtomicBoolean none = new AtomicBoolean(true);
    private final long own = ProcessHandle.current().pid();
    private Linux linux;
    private ProcFs procFs;

    @BeforeEach
    void load() throws Exception {
        linux = HookedLinux.withoutDescriptor(none::get);
        procFs = ProcFs.mounted().readBy(new KernelFiles(linux));
    }

    @Test
    void theOwnNamespaceIsKnownAllTheSame() {
        try (NamespaceResolver resolver = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE)) {
            none.set(false);

            try (HeldProcess held = ((NamespaceResolver.Hold.Held) resolver.hold(own)).process()) {
                assertThat(resolver.resolve(held))
                        .isInstanceOfSatisfying(
                                NamespaceAnswer.In.class,
                                in -> assertThat(in.namespace().isOwn()).isTrue());
            }
        }
    }

    @Test
    void theBestWayIsFoundLaterAndWhereChildrenAreBorn() throws Exception {
        try (NamespaceResolver resolver = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE);
                NamespaceResolver rich = NamespaceResolver.over(Linux.load(), ProcFs.mounted(), 16, StepLog.NONE)) {
            assertThat(resolver.best()).isEqualTo(InitWay.PROC_SCAN);
            assertThat(resolver.forChildren()).isNull();
            none.set(false);

            assertThat(resolver.best()).isEqualTo(rich.best());
            assertThat(resolver.ways()).isEqualTo(rich.ways());
            assertThat(resolver.own()).isEqualTo(rich.own());
            assertThat(resolver.forChildren()).isEqualTo(rich.forChildren());
        }
    }

    /** Also where it is asked when it has been closed already, as by an application while the agent stops. */
    @Test
    void noDescriptorOfTheOwnNamespaceIsLeft() throws Exception {
        long before = namespaces();
        NamespaceResolver resolver = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE);
        none.set(false);
        resolver.best();
        assertThat(namespaces()).isEqualTo(before + 1);
        resolver.close();
        assertThat(namespaces()).isEqualTo(before);
        none.set(true);
        NamespaceResolver closed = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE);
        closed.close();
        none.set(false);

        closed.best();

        assertThat(namespaces()).isEqualTo(before);
    }

    private static long namespaces() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(ShortAtStartTest::isPidNamespace).count();
        }
    }

    private static boolean isPidNamespace(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pid:[");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void whenProcessesStartedIsKnownLater() {
        ProcessReader reader = new ProcessReader(procFs);
        none.set(false);

        assertThat(reader.read(own))
                .hasValueSatisfying(process -> assertThat(process.start()).isNotNull());
    }
}
