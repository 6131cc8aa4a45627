// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import io.waybill.scope.ScopeDeclaration.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parses declarations; spaces may stand between any two of their parts.
 *
 * <pre>
 * com.acme.UptimeFs#read(pid:2); com.acme.Server#handle*(0.credentials.pid); com.acme.Gate#enter(Peer#pid)
 *       (1)          (2)    (3)                    (4)    (5)                                (6)
 *
 * declarations = declaration *( ";" declaration )
 * declaration  = type "#" method "(" subject ")"
 * subject      = [ "pid:" ] ( position [ "." path ] | type [ "#" path ] )
 * path         = name *( "." name )
 * </pre>
 *
 * <p>(1) the class, nested ones with a dollar sign; (2) the method; (3) the third argument is the pid; (4) a star stands
 * for any characters; (5) of the first argument, {@code credentials} and of that {@code pid}: each the method of that
 * name, the getter or the field; (6) the {@code pid} of the one argument whose type is {@code Peer}. No part has a comma,
 * since that parts the options of an agent.
 */
public final class ScopeGrammar {
    private static final int LONGEST = 1000;
    private static final int LONGEST_PATH = 16;
    /** A method has 255 arguments at most, {@code this} among them (JVMS 4.3.3). */
    private static final int LAST_POSITION = 254;

    private final String text;
    private int at;

    ScopeGrammar(String text) {
        this.text = text;
    }

    /**
     * Parses declarations parted by semicolons. One that is wrong does not keep the others out.
     *
     * @param complaints is told of each that is wrong
     */
    public static List<ScopeDeclaration> parse(String text, Consumer<String> complaints) {
        List<ScopeDeclaration> declarations = new ArrayList<>();
        for (String each : text.split(";", -1)) {
            if (!each.isBlank()) {
                try {
                    declarations.add(ScopeDeclaration.parse(each.strip()));
                } catch (ScopeSyntaxException e) {
                    complaints.accept(e.getMessage());
                }
            }
        }
        return declarations;
    }

    ScopeDeclaration declaration() {
        if (text.length() > LONGEST) {
            throw wrong(LONGEST, "a declaration has " + LONGEST + " characters at most");
        }
        String type = qualifiedName("the name of a class");
        expect('#', "\"#\" and the name of a method");
        String method = name("the name of a method", true);
        expect('(', "\"(\" and the parameter that tells the pid, such as pid:0");
        ScopeDeclaration declaration = subject(type, method);
        expect(')', "\")\"");
        skipSpace();
        if (at < text.length()) {
            throw wrong(at, "nothing more is expected, or \";\" and another declaration, but here is " + here());
        }
        return declaration;
    }

    private ScopeDeclaration subject(String type, String method) {
        skipSpace();
        String word = "a parameter is expected, by position such as pid:0 or by type such as pid:long";
        if (at < text.length() && isDigit(text.charAt(at))) {
            return new ScopeDeclaration(type, method, position(), path('.'));
        }
        int begin = at;
        String name = qualifiedName(word);
        if (name.equals("pid") && accept(':')) {
            skipSpace();
            if (at < text.length() && isDigit(text.charAt(at))) {
                return new ScopeDeclaration(type, method, position(), path('.'));
            }
            begin = at;
            name = qualifiedName(word);
        }
        if (name.equals("pid")) {
            throw wrong(begin, "\"pid\" is followed by \":\" and a parameter, such as pid:0");
        }
        return new ScopeDeclaration(type, method, new Parameter.OfType(name), path('#'));
    }

    private Parameter position() {
        int begin = at;
        int position = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            position = Math.min(10 * position + (text.charAt(at++) - '0'), LAST_POSITION + 1);
        }
        if (position > LAST_POSITION) {
            throw wrong(begin, "a position is " + LAST_POSITION + " at most");
        }
        return new Parameter.At(position);
    }

    private List<String> path(char first) {
        List<String> path = new ArrayList<>();
        char separator = first;
        while (accept(separator)) {
            if (path.size() == LONGEST_PATH) {
                throw wrong(at, "a path has " + LONGEST_PATH + " names at most");
            }
            path.add(name("the name of a field or method", false));
            separator = '.';
        }
        return path;
    }

    private String qualifiedName(String expected) {
        StringBuilder name = new StringBuilder(name(expected, false));
        while (accept('.')) {
            name.append('.').append(name("a name", false));
        }
        return name.toString();
    }

    private String name(String expected, boolean stars) {
        skipSpace();
        int begin = at;
        while (at < text.length() && isPart(text.charAt(at), at == begin, stars)) {
            at++;
        }
        if (at == begin) {
            throw wrong(at, (expected.contains("expected") ? expected : expected + " is expected") + found());
        }
        return text.substring(begin, at);
    }

    private static boolean isPart(char c, boolean first, boolean stars) {
        boolean part = first ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
        return (part && !Character.isISOControl(c)) || (stars && c == '*');
    }

    private void expect(char c, String expected) {
        if (!accept(c)) {
            throw wrong(at, expected + " is expected" + found());
        }
    }

    private boolean accept(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String found() {
        return at < text.length() ? ", but here is " + here() : ", but here it ends";
    }

    private String here() {
        return "\"" + text.charAt(at) + "\"";
    }

    private ScopeSyntaxException wrong(int position, String problem) {
        return new ScopeSyntaxException(text, position, problem);
    }
}
