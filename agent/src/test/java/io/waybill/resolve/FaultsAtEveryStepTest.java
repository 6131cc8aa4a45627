// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Resolution;
import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something happens to the namespace at every step of a resolution: before each system call where those are made,
 * otherwise after each step that is told. How often at each step: the property {@code waybill.test.rounds}.
 */
class FaultsAtEveryStepTest {
    private static final int ROUNDS = Integer.getInteger("waybill.test.rounds", 2);
    private static final int MOST_STEPS = 100;

    private final List<String> wrong = new ArrayList<>();
    private final Thread tester = Thread.currentThread();
    private int late;
    private Farm farm;
    private ContainerResolver resolver;
    private NamespaceResolver namespaces;
    private int untilFault = -1;
    private @Nullable Runnable fault;
    private @Nullable ProcessEnds ends;

    enum Access {
        KERNEL,
        /** The kernel tells of ends: until it has woken the thread that reads them, an answer may be late. */
        WATCHED,
        WITHOUT_IOCTL,
        PROC_ALONE
    }

    @BeforeEach
    void open() throws Exception {
        farm = Farm.open();
    }

    @AfterEach
    void close() throws Exception {
        if (ends != null) {
            ends.close();
        }
        if (resolver != null) {
            resolver.close();
            namespaces.close();
        }
        farm.close();
    }

    /** By start times alone a swap within one tick of the clock cannot be told, which is why pidfds come first. */
    @ParameterizedTest
    @CsvSource({
        "KERNEL, KILL",
        "KERNEL, ZOMBIE",
        "KERNEL, LEADER",
        "KERNEL, BIND",
        "KERNEL, SWAP",
        "WATCHED, KILL",
        "WATCHED, ZOMBIE",
        "WATCHED, LEADER",
        "WATCHED, BIND",
        "WATCHED, SWAP",
        "WITHOUT_IOCTL, KILL",
        "WITHOUT_IOCTL, ZOMBIE",
        "WITHOUT_IOCTL, LEADER",
        "WITHOUT_IOCTL, BIND",
        "WITHOUT_IOCTL, SWAP",
        "PROC_ALONE, KILL",
        "PROC_ALONE, ZOMBIE",
        "PROC_ALONE, LEADER",
        "PROC_ALONE, BIND"
    })
    void noAnswerIsWrong(Access access, Fault fault) throws Exception {
        wire(access);

        int faults = 0;
        int steps = 1;
        for (int step = 0; step < Math.min(steps, MOST_STEPS); step++) {
            for (int round = 0; round < ROUNDS; round++) {
                for (boolean ofInit : new boolean[] {false, true}) {
                    boolean happened = happensAt(step, fault, ofInit);
                    faults += happened ? 1 : 0;
                    steps = happened ? step + 2 : steps;
                }
            }
        }

        System.out.printf(
                "%s, %s: %d faults at %d steps, wrong answers: %d, late: %d%n",
                access, fault, faults, steps - 1, wrong.size(), late);
        assertThat(late == 0 || access == Access.WATCHED).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(steps).isGreaterThan(4);
    }

    /** Whether the look had as many steps. */
    private boolean happensAt(int step, Fault kind, boolean ofInit) {
        Farm.Made before = farm.make();
        long pid = ofInit ? before.init() : before.child();
        Farm.Made[] after = new Farm.Made[1];
        fault = () -> after[0] = kind.happen(farm, before);
        untilFault = step;
        Resolution during = resolver.resolve(pid);
        boolean happened = untilFault < 0;
        untilFault = -1;
        if (happened) {
            check(kind.allowsDuring(during, before, after[0]), kind, "during", step, before, after[0], during);
            Resolution later = resolver.resolve(pid);
            boolean allowed = kind.allowsAfter(later, after[0]);
            boolean tooLate = !allowed && Fault.isOf(later, before);
            late += tooLate ? 1 : 0;
            check(allowed || tooLate, kind, "after", step, before, after[0], later);
        }
        farm.tell("end");
        return happened;
    }

    private void check(boolean allowed, Fault kind, String when, int step, Object before, Object after, Resolution is) {
        if (!allowed) {
            wrong.add(kind + " at step " + step + ", " + when + ": " + before + " then " + after + ": " + is);
        }
    }

    /** Runs the fault when its step has come. */
    private void step() {
        if (Thread.currentThread() == tester && untilFault >= 0 && untilFault-- == 0 && fault != null) {
            fault.run();
        }
    }

    private void wire(Access access) throws Exception {
        Linux linux = switch (access) {
            case KERNEL, WATCHED -> HookedLinux.of(this::step);
            case WITHOUT_IOCTL -> HookedLinux.withoutIoctl(this::step);
            case PROC_ALONE -> null;
        };
        ProcFs procFs = ProcFs.mounted();
        namespaces = NamespaceResolver.over(linux, procFs, 32, linux == null ? new Steps() : StepLog.NONE);
        resolver = SettledResolver.over(namespaces, procFs, 64);
        if (access == Access.WATCHED && linux != null) {
            watch(linux.watchEnds());
        }
    }

    private void watch(ProcessEnds told) {
        ends = told;
        resolver.watch(told);
        Thread reader = new Thread(() -> {
            try {
                told.read(resolver::ended);
            } catch (LinuxException e) {
                wrong.add(e.toString());
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private final class Steps implements StepLog {
        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public void note(String step, String answer) {
            step();
        }
    }
}
