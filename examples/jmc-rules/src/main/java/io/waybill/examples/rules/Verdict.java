// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * What a rule found.
 *
 * @param severity how bad it is
 * @param score the same, from 0 to 100; below 25 it is fine, from 75 it is a warning
 * @param summary in one line
 * @param explanation in a few
 * @param solution what to do about it; empty if there is nothing to do
 */
record Verdict(Severity severity, double score, String summary, String explanation, String solution) {
    static Verdict fine(String summary) {
        return new Verdict(Severity.OK, 0, summary, "", "");
    }

    static Verdict notice(String summary, String explanation, String solution) {
        return new Verdict(Severity.INFO, 50, summary, explanation, solution);
    }

    static Verdict warning(String summary, String explanation, String solution) {
        return new Verdict(Severity.WARNING, 80, summary, explanation, solution);
    }

    IResult of(IRule rule, IPreferenceValueProvider preferences) {
        ResultBuilder result = ResultBuilder.createFor(rule, preferences)
                .setSeverity(severity)
                .setSummary(summary)
                .addResult(TypedResult.SCORE, UnitLookup.NUMBER_UNITY.quantity(score));
        if (!explanation.isEmpty()) {
            result.setExplanation(explanation);
        }
        if (!solution.isEmpty()) {
            result.setSolution(solution);
        }
        return result.build();
    }
}
