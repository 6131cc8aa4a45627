// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.report.ContainerFacts;
import io.waybill.report.RecordingJvm;
import io.waybill.report.Report;
import io.waybill.report.Share;
import io.waybill.report.StackNode;
import io.waybill.report.Weight;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as maps with the names that events have, for JSON; what is not known is left out. */
final class ReportView {
    private ReportView() {}

    static Map<String, Object> of(Report report, int frames) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("recordings", report.jvms().stream().map(ReportView::jvm).toList());
        view.put("cpuWeight", report.cpu() == Weight.CPU_TIME ? "jdk.CPUTimeSample" : "jdk.ExecutionSample");
        view.put(
                "containers",
                report.shares().stream()
                        .map(share -> share(report, share, frames))
                        .toList());
        view.put("noScope", share(report, report.unscoped(), frames));
        view.put("children", report.children().stream().map(ReportView::child).toList());
        view.put("lostSamples", report.lostSamples());
        view.put("shortenedStacks", report.shortenedStacks());
        view.put("notes", report.notes());
        view.put("problems", report.problems());
        return view;
    }

    private static Map<String, Object> jvm(RecordingJvm jvm) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("file", jvm.file());
        view.put("begin", Instant.ofEpochMilli(jvm.begin()).toString());
        view.put("end", Instant.ofEpochMilli(jvm.end()).toString());
        view.put("chunks", jvm.chunks());
        view.put("pid", jvm.pid());
        put(view, "program", jvm.program());
        put(view, "jvmVersion", jvm.version());
        put(view, "hostname", jvm.hostname());
        put(view, "containerId", jvm.containerId());
        put(view, "containerName", jvm.containerName());
        put(view, "pidNamespace", jvm.pidNamespace());
        put(view, "initPid", jvm.initPid());
        return view;
    }

    private static Map<String, Object> share(Report report, Share share, int frames) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", share.kind());
        put(view, "containerId", share.containerId());
        addFacts(view, share.facts());
        view.put("recordings", share.recordings());
        view.put("processes", share.processes());
        view.put("scopes", share.scopes());
        view.put("scopesEndedElsewhere", share.endedElsewhere());
        view.put("timeNanos", share.nanos());
        view.put("timeShare", rounded(report.timeShare(share)));
        view.put("executionSamples", share.total(Weight.EXECUTION));
        view.put("cpuTimeSamples", share.total(Weight.CPU_TIME));
        view.put("cpuShare", rounded(report.cpuShare(share)));
        view.put("allocatedBytes", share.total(Weight.ALLOCATION));
        view.put("allocationShare", rounded(report.allocationShare(share)));
        view.put("childrenStartedFor", share.childrenFor());
        view.put("childrenIn", share.childrenIn());
        view.put("hottestFrames", frames(share, report.cpu(), frames));
        view.put("hottestAllocators", frames(share, Weight.ALLOCATION, frames));
        return view;
    }

    private static void addFacts(Map<String, Object> view, ContainerFacts facts) {
        put(view, "containerName", facts.name());
        put(view, "runtime", facts.runtime());
        put(view, "image", facts.image());
        put(view, "pod", facts.pod());
        put(view, "initPid", facts.initPid());
        put(view, "initCommand", facts.initCommand());
        put(view, "pidNamespace", facts.pidNamespace());
        if (facts.start() != 0) {
            view.put("initStart", Instant.ofEpochMilli(facts.start()).toString());
        }
        if (facts.lifetime() >= 0) {
            view.put("lifetimeMillis", facts.lifetime());
        }
        put(view, "exitStatus", facts.exitStatus());
    }

    private static List<Map<String, Object>> frames(Share share, Weight weight, int most) {
        return share.stack(weight).hottest(most).stream().map(ReportView::frame).toList();
    }

    private static Map<String, Object> frame(StackNode.HotFrame frame) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("frame", frame.frame());
        view.put("weight", frame.weight());
        return view;
    }

    private static Map<String, Object> child(Report.StartedChild child) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("recording", child.recording());
        view.put("pid", child.pid());
        view.put("time", Instant.ofEpochMilli(child.time()).toString());
        put(view, "command", child.command());
        put(view, "startedFor", child.startedFor());
        put(view, "livesIn", child.livesIn());
        return view;
    }

    private static double rounded(double part) {
        return Math.round(part * 1e6) / 1e6;
    }

    private static void put(Map<String, Object> view, String key, String value) {
        if (!value.isEmpty()) {
            view.put(key, value);
        }
    }

    private static void put(Map<String, Object> view, String key, long value) {
        if (value != 0) {
            view.put(key, value);
        }
    }
}
