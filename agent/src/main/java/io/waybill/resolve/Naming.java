// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.Named;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Gives answers the names of their containers, read from what runtimes wrote down when a container is met for the first
 * time; while it is young, again from time to time until there is something, and where something could not be read, a few
 * times more. For the agent's thread only: it reads files.
 */
record Naming(ContainerIdentities identities, KnownNames names, Youth youth) {
    Resolution named(Resolution resolution) {
        KnownNames.Key key = KnownNames.keyOf(resolution).orElse(null);
        if (key == null) {
            return resolution;
        }
        Identity before = names.found(key);
        Identity found = before == null ? KnownNames.identityOf(resolution) : before;
        if (isStated(found)) {
            return names.applyTo(resolution);
        }
        boolean beingMade = youth.isBeingMade(resolution);
        boolean settled = !beingMade && youth.isOld(resolution); // isOver would look at the init once more
        if (!names.isToBeRead(key, settled, beingMade)) {
            return names.applyTo(resolution);
        }
        Named read = identities.name(found, resolution.pid());
        Resolution named = KnownNames.withIdentity(resolution, read.identity());
        // also under what it is called by now, so that an answer that has its name is not taken for one to be named
        Set<KnownNames.Key> keys = new LinkedHashSet<>(Set.of(key));
        KnownNames.keyOf(KnownNames.withIdentity(resolution, found)).ifPresent(keys::add);
        KnownNames.keyOf(named)
                .filter(own -> !isStated(read.identity()) || !read.whole() || names.get(own) != null)
                .ifPresent(keys::add);
        if (isNameless(read.identity()) && !settled) {
            // runc makes the namespace first and writes its state then
            if (!isDisowned(read.identity())) {
                keys.forEach(each -> names.putForNow(each, read.identity(), found, beingMade));
            }
        } else if (read.whole()) {
            keys.forEach(each -> names.put(each, read.identity()));
        } else {
            keys.forEach(each -> names.putUntilRead(each, read.identity(), found));
        }
        return named;
    }

    private static boolean isStated(Identity identity) {
        return identity instanceof ContainerIdentity container
                && container.provenance().source() == Provenance.Source.RUNTIME_STATE;
    }

    private static boolean isNameless(Identity identity) {
        return !isStated(identity)
                && identity.container()
                        .map(container -> container.name() == null)
                        .orElse(true);
    }

    private static boolean isDisowned(Identity identity) {
        return identity instanceof NoContainer none && none.reason() == NoContainer.Reason.DISOWNED;
    }
}
