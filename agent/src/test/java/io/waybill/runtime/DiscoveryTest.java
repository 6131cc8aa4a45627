// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which way is gone, and whether it is tried again. */
class DiscoveryTest {
    private static final long NOBODY = Long.MAX_VALUE;

    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final AtomicBoolean noDescriptor = new AtomicBoolean();
    private final List<String> gone = new ArrayList<>();
    private final Linux linux;

    DiscoveryTest() throws ReflectiveOperationException {
        this.linux = HookedLinux.withoutDescriptor(noDescriptor::get);
    }

    @Test
    void theBestIsGoneForAsLongAsItIsWanted() {
        Discovery discovery = discovery(way("best", ProcessHandle.current().pid()), way("other", 1));

        discovery.adjust();
        discovery.adjust();
        assertThat(gone).containsExactly("best");
        wanted.set(false);
        discovery.adjust();
        discovery.close();

        assertThat(gone).containsExactly("best", "best ended");
    }

    @Test
    void whatMayNotBeGoneIsNotTriedAgain() {
        List<String> tried = new ArrayList<>();
        Discovery discovery = discovery(
                () -> {
                    tried.add("best");
                    return way("best", NOBODY).begin();
                },
                way("other", ProcessHandle.current().pid()));

        discovery.adjust();
        discovery.adjust();
        discovery.close();

        assertThat(gone).containsExactly("other", "other ended");
        assertThat(tried).hasSize(1);
    }

    @Test
    void whereNoDescriptorIsLeftItIsTriedAgain() {
        Discovery discovery = discovery(
                way("best", ProcessHandle.current().pid()),
                way("other", ProcessHandle.current().pid()));
        noDescriptor.set(true);
        discovery.adjust();
        assertThat(gone).isEmpty();
        noDescriptor.set(false);

        discovery.adjust();
        discovery.close();

        assertThat(gone).containsExactly("best", "best ended");
    }

    private Discovery discovery(Discovery.Way... ways) {
        return new Discovery(wanted::get, List.of(ways), complaint -> {
            throw new AssertionError(complaint);
        });
    }

    /** One that opens a process first. */
    private Discovery.Way way(String name, long pid) {
        return () -> {
            linux.openProcess(pid).close();
            gone.add(name);
            return Optional.<AutoCloseable>of(() -> gone.add(name + " ended"));
        };
    }
}
