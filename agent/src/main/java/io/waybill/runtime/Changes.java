// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look found to be different. */
final class Changes {
    /** Whether nothing was known before. */
    final boolean ofEverything;
    /** The answers for processes that are not there any more, or have another answer now. */
    final List<Resolution> gone = new ArrayList<>();
    /** The answers to tell of. */
    final List<Resolution> fresh = new ArrayList<>();
    /** The answers that show a container to be there. */
    final List<Resolution> present = new ArrayList<>();

    Changes(boolean ofEverything) {
        this.ofEverything = ofEverything;
    }

    void gone(@Nullable Resolution resolution) {
        if (resolution != null) {
            gone.add(resolution);
        }
    }
}
