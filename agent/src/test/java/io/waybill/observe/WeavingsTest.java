// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be woven into is told in the one way that observers know, so that the agent starts without them. */
class WeavingsTest {
    private static final ReturnWeaver WEAVER = new ReturnWeaver("java/lang/Test", 0, 0, List.of("toString("));

    /** In the class file, behind the four bytes of the magic number and the two of the minor version. */
    private static final int MAJOR = 7;

    @Test
    void aClassFileOfALaterJdkThanIsKnown() {
        Weavings weavings = new Weavings(refusing());

        assertThatThrownBy(() -> weavings.add(Thread.class, original -> {
                    original[MAJOR] = 120;
                    return WEAVER.weave(original);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("120");
    }

    @Test
    void aClassThatAnotherAgentWouldChangeInAWayThatTheJvmDoesNotAllow() {
        Weavings weavings = new Weavings(refusing());

        assertThatThrownBy(() -> weavings.add(WeavingsTest.class, WEAVER::weave))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the JVM does not give the class file of " + WeavingsTest.class.getName());
    }

    @Test
    void aClassThatCannotBeInitialized() {
        Weavings weavings = new Weavings(refusing(new InternalError("class redefinition failed: invalid class")));

        assertThatThrownBy(() -> weavings.add(WeavingsTest.class, WEAVER::weave))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not give the class file");
    }

    /** As it is where another agent's transformer adds a method to a class that is loaded. */
    private static Instrumentation refusing() {
        return refusing(new UnsupportedOperationException("class redefinition failed"));
    }

    private static Instrumentation refusing(Throwable refusal) {
        return (Instrumentation) Proxy.newProxyInstance(
                WeavingsTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "addTransformer" -> null;
                    case "removeTransformer" -> true;
                    default -> throw refusal;
                });
    }
}
