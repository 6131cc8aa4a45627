// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

/** The declared methods as a bean. What it throws is known to every client. */
record ScopesBean(DeclaredScopes scopes) implements ScopesMXBean {
    @Override
    public int getDeclarationCount() {
        return scopes.declarations().size();
    }

    @Override
    public long getOpened() {
        return scopes.declarations().stream().mapToLong(DeclarationInfo::opened).sum();
    }

    @Override
    public DeclarationInfo[] getDeclarations() {
        return scopes.declarations().toArray(DeclarationInfo[]::new);
    }

    @Override
    public void add(String declaration) {
        try {
            scopes.add(declaration);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage());
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    @Override
    public boolean remove(String declaration) {
        try {
            return scopes.remove(declaration);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }
}
