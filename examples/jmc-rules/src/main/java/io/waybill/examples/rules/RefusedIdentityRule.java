// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.JfrRuleTopics;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** Whether the agent was refused the namespaces of processes, and which right it lacks. */
public final class RefusedIdentityRule extends AbstractRule {
    private static final String RESOLUTION = "waybill.InitResolution";
    private static final Pattern RIGHT = Pattern.compile("CAP_[A-Z_]+");

    /** Called by Mission Control. */
    public RefusedIdentityRule() {
        super(
                "io.waybill.RefusedIdentity",
                "Refused Container Identity",
                JfrRuleTopics.PROCESSES,
                List.of(),
                List.of(TypedResult.SCORE),
                Map.of(RESOLUTION, EventAvailability.AVAILABLE));
    }

    @Override
    protected IResult getResult(
            IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider results) {
        return judge(items).of(this, preferences);
    }

    private static Verdict judge(IItemCollection items) {
        Set<Long> refused = new HashSet<>();
        Set<String> rights = new TreeSet<>();
        String reason = "";
        for (IItem resolution : Events.of(items, RESOLUTION)) {
            if (Events.text(resolution, "outcome").equals("refused")) {
                refused.add(Events.number(resolution, "pid"));
                reason = Events.text(resolution, "reason");
                Matcher matcher = RIGHT.matcher(reason);
                while (matcher.find()) {
                    rights.add(matcher.group());
                }
            }
        }
        if (refused.isEmpty()) {
            return Verdict.fine("The init of every process could be looked for");
        }
        String missing = String.join(", ", rights);
        return Verdict.warning(
                "Identity was refused for " + refused.size() + (refused.size() == 1 ? " process" : " processes")
                        + (rights.isEmpty() ? "" : ": missing " + missing),
                "The kernel did not show the pid namespaces of these processes, so their inits are not known. The last"
                        + " reason: " + reason + ".",
                rights.isEmpty()
                        ? "Let what forbids it, which the reason names, allow it."
                        : "Run the JVM as the same user as those processes, or give it " + missing
                                + "; the command doctor" + " of waybill-agent.jar says what works.");
    }
}
