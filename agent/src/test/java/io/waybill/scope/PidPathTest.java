// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PidPathTest {
    @ParameterizedTest
    @MethodSource("pids")
    void whatTellsAPidIsAPid(Object value) throws Throwable {
        assertThat(path().pidOf(value)).hasValue(ProcessHandle.current().pid());
    }

    static Stream<Object> pids() {
        long pid = ProcessHandle.current().pid();
        return Stream.of(
                pid,
                (int) pid,
                new AtomicLong(pid),
                BigInteger.valueOf(pid),
                ProcessHandle.current(),
                OptionalLong.of(pid),
                OptionalInt.of((int) pid),
                Optional.of(pid));
    }

    @Test
    void thereIsNoPidInNullEmptyOrNegative() throws Throwable {
        assertThat(path().pidOf(null)).isEmpty();
        assertThat(path().pidOf(-1)).isEmpty();
        assertThat(path().pidOf(OptionalLong.of(-1))).isEmpty();
        assertThat(path().pidOf(Optional.empty())).isEmpty();
        assertThat(path().pidOf(BigInteger.TWO.pow(70))).isEmpty();
        assertThat(path("credentials", "pid").pidOf(new Request(null))).isEmpty();
    }

    @Test
    void aNameIsAMethodAGetterOrAField() throws Throwable {
        assertThat(path("credentials", "pid").pidOf(new Request(new Credentials(7))))
                .hasValue(7);
        assertThat(path("number").pidOf(new Bean())).hasValue(8);
        assertThat(path("hidden").pidOf(new Bean())).hasValue(9);
        assertThat(path("inherited").pidOf(new Bean())).hasValue(10);
    }

    @Test
    void aNameMeansWhatItMeansInTheClassAtHand() throws Throwable {
        PidPath path = path("pid");

        assertThat(path.pidOf(new Credentials(7))).hasValue(7);
        assertThat(path.pidOf(new Peer(8L))).hasValue(8);
    }

    @Test
    void aNameThatMeansNothingIsToldWithThoseThatWould() {
        assertThatThrownBy(() -> path("credential").pidOf(new Request(null)))
                .isInstanceOf(NoPidException.class)
                .hasMessage(Request.class.getName() + " has no credential; it has credentials");
        assertThatThrownBy(() -> path("credentials").pidOf(new Request(new Credentials(7))))
                .isInstanceOf(NoPidException.class)
                .hasMessage("a " + Credentials.class.getName()
                        + " is no pid; a whole number, a Process or a ProcessHandle is; it has pid");
    }

    @Test
    void whatAMethodOfTheApplicationThrowsIsPassedOn() {
        assertThatThrownBy(() -> path("failing").pidOf(new Bean())).hasMessage("thrown by the application");
    }

    private static PidPath path(String... names) {
        return new PidPath(List.of(names), type -> {});
    }

    record Request(Credentials credentials) {}

    record Credentials(int pid) {}

    record Peer(Long pid) {}

    private static class Base {
        @SuppressWarnings("unused") // by its name
        private final Long inherited = 10L;
    }

    private static final class Bean extends Base {
        @SuppressWarnings("unused") // by its name
        private final short hidden = 9;

        @SuppressWarnings("unused") // by its name
        int getNumber() {
            return 8;
        }

        @SuppressWarnings("unused") // by its name
        long failing() {
            throw new IllegalStateException("thrown by the application");
        }
    }
}
