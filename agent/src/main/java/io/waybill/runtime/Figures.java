// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.publish.AgentFigures;
import io.waybill.resolve.Answers;
import io.waybill.resolve.ResolverCounters;
import java.util.function.LongSupplier;

/** The numbers of the running agent, read where they arise. */
record Figures(Answers answers, AgentThread thread, LongSupplier errors, Budgets budgets) implements AgentFigures {
    @Override
    public String way() {
        return answers.namespaces().best().text();
    }

    @Override
    public String guard() {
        return answers.namespaces().guard();
    }

    @Override
    public String binding() {
        return answers.binding();
    }

    @Override
    public ResolverCounters counters() {
        return answers.resolver().counters();
    }

    @Override
    public String lastRefusal() {
        return counters().lastRefusal();
    }

    @Override
    public int queueDepth() {
        return thread.waiting();
    }

    @Override
    public long dropped() {
        return thread.dropped();
    }

    @Override
    public long putOff() {
        return budgets.putOff();
    }

    @Override
    public long looks() {
        return budgets.looks().spendings();
    }

    @Override
    public long lost() {
        return budgets.events().losses();
    }

    @Override
    public long hookErrors() {
        return errors.getAsLong();
    }

    @Override
    public int knownNamespaces() {
        return answers.namespaces().knownNamespaces();
    }

    @Override
    public int rememberedProcesses() {
        return answers.resolver().remembered();
    }
}
