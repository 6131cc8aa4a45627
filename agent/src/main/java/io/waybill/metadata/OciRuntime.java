// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the low-level runtimes keep of running containers, in a folder of that name for each.
 *
 * <pre>
 * /run/runc/web-0/state.json
 * {"id":"web-0","init_process_pid":24764,"init_process_start":148629,
 *  "cgroup_paths":{"":"/sys/fs/cgroup/web-0"},"config":{"labels":["bundle=/srv/web-0"],…},…}
 *
 * /run/crun/web-0/status
 * {"pid":27563,"process-start-time":162515,"cgroup-path":"/web-0","bundle":"/srv/web-0",…}
 * </pre>
 *
 * @param runtime what it is
 * @param folder the folder
 * @param file the file in each container's own folder
 * @param user whose rootless runtime it is; {@link Wanted#NO_USER} for one of the system
 */
record OciRuntime(ContainerRuntime runtime, StateFolder folder, String file, long user) {
    private static final String RUNC_FILE = "state.json";
    private static final String CRUN_FILE = "status";

    static OciRuntime runc(Path folder) {
        return new OciRuntime(ContainerRuntime.RUNC, new StateFolder(folder), RUNC_FILE, Wanted.NO_USER);
    }

    static OciRuntime crun(Path folder) {
        return new OciRuntime(ContainerRuntime.CRUN, new StateFolder(folder), CRUN_FILE, Wanted.NO_USER);
    }

    OciRuntime ofUser(long newUser) {
        return new OciRuntime(runtime, folder, file, newUser);
    }

    /** The same files in the folder of a manager that runs runc. */
    static OciRuntime runcOf(ContainerRuntime manager, Path folder) {
        return new OciRuntime(manager, new StateFolder(folder), RUNC_FILE, Wanted.NO_USER);
    }

    /** One container; of a file that is not of the runtime's form nothing but the id. */
    ContainerRecord record(String id, StateText.Text text) {
        Json json = Json.parse(text.text()).orElse(Json.EMPTY);
        boolean runc = file.equals(RUNC_FILE);
        ContainerRecord.Init init = runc ? runcInit(json) : crunInit(json);
        boolean podman = runc ? isOfPodman(json) : json.textOr("bundle", "").contains("-containers/");
        ContainerRuntime owner = podman ? ContainerRuntime.PODMAN : runtime;
        return ContainerRecord.of(owner, id, runc ? "runc-state" : "crun-status", text.path())
                .called(Keys.isId(id) ? null : id, null)
                .withInit(init.calledAs(id))
                .ofUser(user);
    }

    private static ContainerRecord.Init runcInit(Json json) {
        UnaryOperator<String> last = path -> path.substring(path.lastIndexOf('/') + 1);
        Map<String, String> paths = json.in("cgroup_paths").texts();
        return new ContainerRecord.Init(
                json.number("init_process_pid"),
                json.number("init_process_start"),
                paths.values().stream().map(last).findFirst().orElse(""));
    }

    private static ContainerRecord.Init crunInit(Json json) {
        return new ContainerRecord.Init(
                json.number("pid"), json.number("process-start-time"), Keys.cgroupName(json.text("cgroup-path")));
    }

    private static boolean isOfPodman(Json json) {
        List<String> labels = json.in("config").textsOf("labels");
        return labels.contains("io.container.manager=libpod");
    }
}
