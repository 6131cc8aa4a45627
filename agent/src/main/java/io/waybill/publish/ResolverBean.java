// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.Resolution;

/** The agent's figures as a bean. */
record ResolverBean(AgentFigures figures) implements ResolverMXBean {
    @Override
    public String getWay() {
        return figures.way();
    }

    @Override
    public String getGuard() {
        return figures.guard();
    }

    @Override
    public String getBinding() {
        return figures.binding();
    }

    @Override
    public long getResolutions() {
        return figures.counters().total();
    }

    @Override
    public long getContainers() {
        return figures.counters().of(Resolution.Outcome.CONTAINER);
    }

    @Override
    public long getNamespaces() {
        return figures.counters().of(Resolution.Outcome.NAMESPACE);
    }

    @Override
    public long getRefused() {
        return figures.counters().of(Resolution.Outcome.REFUSED);
    }

    @Override
    public long getGone() {
        return figures.counters().of(Resolution.Outcome.GONE);
    }

    @Override
    public long getCacheHits() {
        return figures.counters().cacheHits();
    }

    @Override
    public String getLastRefusal() {
        return figures.lastRefusal();
    }

    @Override
    public int getQueueDepth() {
        return figures.queueDepth();
    }

    @Override
    public long getDropped() {
        return figures.dropped();
    }

    @Override
    public long getPutOff() {
        return figures.putOff();
    }

    @Override
    public long getLooks() {
        return figures.looks();
    }

    @Override
    public long getLost() {
        return figures.lost();
    }

    @Override
    public long getHookErrors() {
        return figures.hookErrors();
    }

    @Override
    public int getKnownNamespaces() {
        return figures.knownNamespaces();
    }

    @Override
    public int getRememberedProcesses() {
        return figures.rememberedProcesses();
    }
}
