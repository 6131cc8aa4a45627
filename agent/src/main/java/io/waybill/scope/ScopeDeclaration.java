// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import java.util.List;

/**
 * A method that works on behalf of the process whose pid one of its arguments tells.
 *
 * @param type the name of its class, as {@link Class#getName()} has it
 * @param method its name, in which {@code *} stands for any characters; all overloads are meant that have the parameter
 * @param parameter which argument
 * @param path the names that lead from the argument to the pid; empty where the argument is the pid
 */
public record ScopeDeclaration(String type, String method, Parameter parameter, List<String> path) {
    /** Copies the list. */
    public ScopeDeclaration {
        path = List.copyOf(path);
    }

    /**
     * Parses one.
     *
     * @throws ScopeSyntaxException if it is not as {@link ScopeGrammar} has it
     */
    public static ScopeDeclaration parse(String text) {
        return new ScopeGrammar(text).declaration();
    }

    /** Whether it means a method of this name. */
    public boolean isNamed(String name) {
        return matches(method, name);
    }

    /** As it is written, without what may be left out. */
    @Override
    public String toString() {
        String subject = parameter.toString();
        String joined = String.join(".", path);
        if (path.isEmpty()) {
            subject = "pid:" + subject;
        } else {
            subject += (parameter instanceof Parameter.OfType ? "#" : ".") + joined;
        }
        return type + "#" + method + "(" + subject + ")";
    }

    /** Whether a name is matched by a pattern in which each star stands for any characters. */
    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        String[] pieces = pattern.split("\\*", -1);
        if (!name.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        String last = pieces[pieces.length - 1];
        return name.length() - at >= last.length() && name.endsWith(last);
    }

    /** Which argument of the method. */
    public sealed interface Parameter {
        /**
         * By position.
         *
         * @param position 0 is the first
         */
        record At(int position) implements Parameter {
            @Override
            public String toString() {
                return Integer.toString(position);
            }
        }

        /**
         * The only one of a type.
         *
         * @param name with the package or without
         */
        record OfType(String name) implements Parameter {
            /** Whether a type of this name is meant. */
            public boolean isNamed(String typeName) {
                String dotted = typeName.replace('$', '.');
                String wanted = name.replace('$', '.');
                return dotted.equals(wanted) || dotted.endsWith("." + wanted);
            }

            @Override
            public String toString() {
                return name;
            }
        }
    }
}
