// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.resolve.Answer;
import io.waybill.resolve.ContainerResolver;

/** Writes each resolution into the flight recording. */
public record RecordedResolver(ContainerResolver resolver, Recording recording) implements PidResolver {
    @Override
    public Resolution resolve(long pid) {
        if (!recording.inUse()) {
            return resolver.resolve(pid);
        }
        InitResolutionEvent event = recording.beginResolution();
        Answer answer = resolver.answer(pid);
        recording.endResolution(event, answer.resolution(), answer.cached());
        return answer.resolution();
    }

    /** For a scope: an answer that was remembered is not worth an event beside the scope's own. */
    Resolution resolveForScope(long pid) {
        Resolution remembered = resolver.remembered(pid);
        return remembered == null ? resolve(pid) : remembered;
    }
}
