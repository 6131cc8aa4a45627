// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Flatpak keeps of the applications that run, among what belongs to their user.
 *
 * <pre>
 * /run/user/1000/.flatpak/3127586491/info               what the application sees as /.flatpak-info
 *                         (1)
 *     [Application]
 *     name=org.gnome.Maps
 *     runtime=runtime/org.gnome.Platform/x86_64/47
 *     [Instance]
 *     instance-id=3127586491
 * /run/user/1000/.flatpak/3127586491/pid                the process that its scope is named after
 * /run/user/1000/.flatpak/3127586491/bwrapinfo.json     {"child-pid": 4713, …}
 * (1) the instance
 * </pre>
 */
final class FlatpakState implements StateReader {
    static final String RULE = "flatpak-instance";
    private static final int MOST = 256;

    private final Path hostRoot;
    private final Users users;

    FlatpakState(Path hostRoot) {
        this.hostRoot = hostRoot;
        users = new Users(hostRoot);
    }

    /** Finds an instance by its number, or by the process that its scope is named after. */
    @Override
    public Lookup find(Wanted wanted) {
        List<Long> owners = wanted.user() != Wanted.NO_USER
                ? List.of(wanted.user())
                : StateFolder.of(hostRoot, "run", "user").list().stream()
                        .limit(MOST)
                        .map(Keys::number)
                        .toList();
        List<Lookup> answers = new ArrayList<>();
        for (long owner : owners) {
            // one at a time, since each chooses what can be listed of his own
            Lookup answer = Lookups.in(() -> find(owner, wanted.id()));
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private Lookup find(long owner, String id) {
        StateFolder folder = new StateFolder(users.runtimeFolder(owner).resolve(".flatpak"));
        for (String instance : folder.list().stream().limit(MOST).toList()) {
            String pid = folder.read(instance, "pid").textOrEmpty().strip();
            if ((pid.equals(id) || instance.equals(id))
                    && folder.read(instance, "info") instanceof StateText.Text info) {
                String bubblewrap = folder.read(instance, "bwrapinfo.json").textOrEmpty();
                return new Lookup.Found(record(info, instance, bubblewrap).ofUser(owner));
            }
        }
        return folder.lacking();
    }

    static ContainerRecord record(StateText.Text info, String instance, String bubblewrap) {
        String runtime = Keys.value(info.text(), "runtime");
        long pid = Json.parse(bubblewrap).orElse(Json.EMPTY).number("child-pid");
        return ContainerRecord.of(ContainerRuntime.FLATPAK, instance, RULE, info.path())
                .called(Keys.value(info.text(), "name"), runtime == null ? null : runtime.replaceFirst("^runtime/", ""))
                .withInit(new ContainerRecord.Init(pid, 0, ""));
    }
}
