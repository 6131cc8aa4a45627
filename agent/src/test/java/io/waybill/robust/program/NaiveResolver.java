// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What many do: an answer is good for five seconds, whoever has the number by then. */
record NaiveResolver(PidResolver resolver, Map<Long, Answer> answers) implements PidResolver {
    private static final long TIME_LIMIT = TimeUnit.SECONDS.toNanos(5);

    NaiveResolver(PidResolver resolver) {
        this(resolver, new ConcurrentHashMap<>());
    }

    @Override
    public Resolution resolve(long pid) {
        Answer answer = answers.get(pid);
        if (answer == null || System.nanoTime() - answer.time() > TIME_LIMIT) {
            answer = new Answer(resolver.resolve(pid), System.nanoTime());
            answers.put(pid, answer);
        }
        return answer.resolution();
    }

    record Answer(Resolution resolution, long time) {}
}
