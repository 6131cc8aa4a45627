// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whatever is given as declarations: each is read, and means the same when written again, or is told with its place. */
class ScopeDeclarationFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyDeclarationsAreReadOrTold(byte[] bytes) {
        Checks.check(new String(bytes, StandardCharsets.UTF_8));
    }

    /** A class of its own, so that nothing is loaded before the fuzzer comes; see StateFuzzTest. */
    private static final class Checks {
        static void check(String text) {
            List<String> complaints = new ArrayList<>();

            List<ScopeDeclaration> declarations = ScopeGrammar.parse(text, complaints::add);

            for (ScopeDeclaration declaration : declarations) {
                assertThat(ScopeDeclaration.parse(declaration.toString())).isEqualTo(declaration);
                assertThat(declaration.isNamed(declaration.method())).isTrue();
            }
            assertThat(complaints)
                    .allSatisfy(line -> assertThat(line)
                            .hasSizeLessThan(500)
                            .matches(shown -> shown.chars().noneMatch(c -> c < 0x20 || c == 0x7f)));
        }
    }
}
