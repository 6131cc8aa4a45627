// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.scope.ScopeDeclaration.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeGrammarTest {
    @Test
    void aParameterIsThePid() {
        ScopeDeclaration declaration = ScopeDeclaration.parse("com.acme.UptimeFs#read(pid:2)");

        assertThat(declaration)
                .isEqualTo(new ScopeDeclaration("com.acme.UptimeFs", "read", new Parameter.At(2), List.of()));
    }

    @Test
    void aPathLeadsFromAParameterToThePid() {
        ScopeDeclaration declaration = ScopeDeclaration.parse("com.acme.Server#handle(0.credentials.pid)");

        assertThat(declaration)
                .isEqualTo(new ScopeDeclaration(
                        "com.acme.Server", "handle", new Parameter.At(0), List.of("credentials", "pid")));
    }

    @Test
    void aParameterIsMeantByItsType() {
        assertThat(ScopeDeclaration.parse("Server#handle(pid:long)").parameter())
                .isEqualTo(new Parameter.OfType("long"));
        assertThat(ScopeDeclaration.parse("Server#handle(com.acme.Request#credentials.pid)"))
                .isEqualTo(new ScopeDeclaration(
                        "Server", "handle", new Parameter.OfType("com.acme.Request"), List.of("credentials", "pid")));
    }

    @Test
    void spacesMayStandBetweenParts() {
        assertThat(ScopeDeclaration.parse(" com.acme.Server # handle ( pid : 2 ) "))
                .isEqualTo(ScopeDeclaration.parse("com.acme.Server#handle(pid:2)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.UptimeFs#read(pid:2)",
                "com.acme.Server$Worker#handle*(0.credentials.pid)",
                "Server#*(pid:java.lang.ProcessHandle)",
                "Server#handle(Request#peer)"
            })
    void whatIsWrittenIsWhatIsShown(String text) {
        assertThat(ScopeDeclaration.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 0 | the name of a class is expected, but here it ends",
                "com.acme.Server | 15 | \"#\" and the name of a method is expected, but here it ends",
                "com..Server#handle(0) | 4 | a name is expected, but here is \".\"",
                "com.acme.Server#(pid:0) | 16 | the name of a method is expected, but here is \"(\"",
                "Server#handle | 13 | \"(\" and the parameter that tells the pid, such as pid:0 is expected",
                "Server#handle() | 14 | a parameter is expected, by position such as pid:0 or by type",
                "Server#handle(pid) | 14 | \"pid\" is followed by \":\" and a parameter",
                "Server#handle(pid:) | 18 | a parameter is expected",
                "Server#handle(pid:-1) | 18 | a parameter is expected",
                "Server#handle(255) | 14 | a position is 254 at most",
                "Server#handle(99999999999) | 14 | a position is 254 at most",
                "Server#handle(0.) | 16 | the name of a field or method is expected, but here is \")\"",
                "Server#handle(0.pid | 19 | \")\" is expected, but here it ends",
                "Server#handle(0.pid) x | 21 | nothing more is expected, or \";\"",
                "Server#handle(0 .pi*d) | 19 | \")\" is expected, but here is \"*\"",
                "Serv*#handle(0) | 4 | \"#\" and the name of a method is expected",
            })
    void whatIsWrongIsSaidWithItsPosition(String text, int position, String problem) {
        assertThatThrownBy(() -> ScopeDeclaration.parse(text))
                .isInstanceOfSatisfying(
                        ScopeSyntaxException.class,
                        e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageContaining("at " + position + ": " + problem)
                .hasMessageStartingWith("\"" + text);
    }

    @Test
    void oneThatIsWrongDoesNotKeepTheOthersOut() {
        List<String> complaints = new ArrayList<>();

        List<ScopeDeclaration> declarations =
                ScopeGrammar.parse("a.A#a(pid:0); b.B#b(; c.C#c(pid:long);", complaints::add);

        assertThat(declarations).extracting(ScopeDeclaration::type).containsExactly("a.A", "c.C");
        assertThat(complaints).singleElement().asString().startsWith("\"b.B#b(\", at 6: a parameter is expected");
    }

    @ParameterizedTest
    @CsvSource({
        "read, read, true", "read, reader, false", "read*, reader, true", "*, anything, true", "get*Of, getPidOf, true",
        "get*Of, getPid, false", "a*b*c, aXbYc, true", "a*a, a, false", "*read, pread, true", "*a*, xyz, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String name, boolean matches) {
        ScopeDeclaration declaration = new ScopeDeclaration("A", pattern, new Parameter.At(0), List.of());

        assertThat(declaration.isNamed(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "Request, com.acme.Request, true",
        "com.acme.Request, com.acme.Request, true",
        "Request, com.acme.BadRequest, false",
        "Server.Request, com.acme.Server$Request, true",
        "long, long, true",
        "acme.Request, com.Request, false"
    })
    void aTypeIsNamedWithItsPackageOrWithout(String name, String type, boolean matches) {
        assertThat(new Parameter.OfType(name).isNamed(type)).isEqualTo(matches);
    }

    @Test
    void aMessageIsBoundedAndHasNoControlCharacters() {
        assertThatThrownBy(() -> ScopeDeclaration.parse("a\u001b[31m" + "x".repeat(5000)))
                .isInstanceOf(ScopeSyntaxException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\u001b"));
    }

    @Test
    void whateverIsWrittenIsParsedOrRefused() {
        Random random = new Random(42);
        String alphabet = "aZ_$09.#*():; \tpid\u00e4\u0000,";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("A#b(");
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                ScopeDeclaration declaration = ScopeDeclaration.parse(text.toString());
                assertThat(ScopeDeclaration.parse(declaration.toString())).isEqualTo(declaration);
            } catch (ScopeSyntaxException e) {
                assertThat(e.position()).isBetween(0, text.length());
            }
        }
    }
}
