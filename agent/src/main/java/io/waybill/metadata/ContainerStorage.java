// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Podman, Buildah and CRI-O keep: a store, with one folder for the containers of each storage driver.
 *
 * <pre>
 * /var/lib/containers/storage/overlay-containers/containers.json
 * (1)                         (2)
 * /run/containers/storage/overlay-containers/91603fc01073/userdata/pidfile
 * (3)                                        (4)
 * (1) the store; of a user ~/.local/share/containers/storage
 * (2) the storage driver
 * (3) what need not outlive the machine's next start; of a user /run/user/1000/containers
 * (4) the id
 *
 * [{"id":"91603fc01073","names":["lab-podman"],"metadata":"{\"image-name\":\"localhost/lab/busybox:1\",…}",…},…]
 * </pre>
 *
 * Since Podman 4.4 those that need not outlive an unclean end of the machine are listed in {@code volatile-containers.json}
 * beside it, or for a transient store in (3): what {@code podman run --rm} starts, so the services of Quadlet, and all of
 * CRI-O's (containers/storage, containers.go, newContainerStore).
 */
final class ContainerStorage implements StateReader {
    static final String PODMAN_RULE = "podman-storage";
    static final String CRIO_RULE = "cri-o-storage";
    private static final String CRIO = "io.kubernetes.cri-o.";
    /** An annotation with the labels of the pod or the container, as the text of a JSON object. */
    static final String CRIO_LABELS = CRIO + "Labels";

    static final String LIST = "containers.json";
    static final String VOLATILE_LIST = "volatile-containers.json";

    // /libpod_parent/0c78747417ec/libpod-000075d02d93                        Podman 4.3, cgroupfs
    // machine-libpod_pod_0c78747417ec.slice:libpod:000075d02d93              the same, systemd driver
    private static final Pattern IN_POD =
            Pattern.compile("(?:.*[/_])?([0-9a-f]{64})(?:/libpod-|\\.slice:libpod:)[0-9a-f]{64}");

    /** As many as there are; in a store of his own a user may make any number of folders, of which each has lists. */
    private static final int MOST_DRIVERS = 8;

    private final Path hostRoot;
    private final Users users;

    ContainerStorage(Path hostRoot) {
        this.hostRoot = hostRoot;
        users = new Users(hostRoot);
    }

    /** A store, where it keeps what is volatile, and whose it is. */
    private record Store(StateFolder lasting, StateFolder passing, long user) {
        static Store of(Path lasting, Path passing, long user) {
            return new Store(new StateFolder(lasting), new StateFolder(passing), user);
        }

        List<String> drivers() {
            return lasting.list().stream()
                    .filter(name -> name.endsWith("-containers"))
                    .limit(MOST_DRIVERS)
                    .toList();
        }
    }

    @Override
    public Lookup find(Wanted wanted) {
        List<Lookup> answers = new ArrayList<>();
        for (Store store : stores(wanted)) {
            // one at a time, since of a user's own he chooses what can be listed
            Lookup answer = Lookups.in(() -> find(store, wanted.id()));
            if (answer instanceof Lookup.Found) {
                return answer;
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private static Lookup find(Store store, String id) {
        List<Lookup> answers = new ArrayList<>(List.of(store.lasting().lacking()));
        for (String driver : store.drivers()) {
            Lookup answer = find(store, driver, id);
            if (answer instanceof Lookup.Found found) {
                return found.with(found.container().ofUser(store.user()));
            }
            answers.add(answer);
        }
        return Lookups.worst(answers);
    }

    private List<Store> stores(Wanted wanted) {
        List<Store> stores = new ArrayList<>();
        Path systemRun = passing(hostRoot, Wanted.NO_USER);
        Path passing = passing(hostRoot, wanted.user());
        if (wanted.user() != Wanted.NO_USER) {
            users.home(wanted.user())
                    .ifPresent(home -> stores.add(
                            Store.of(home.resolve(".local/share/containers/storage"), passing, wanted.user())));
        }
        for (Path hint : wanted.hints()) {
            stores.add(Store.of(users.onHost(hint), passing, wanted.user()));
        }
        stores.add(Store.of(hostRoot.resolve("var/lib/containers/storage"), systemRun, Wanted.NO_USER));
        String configured = Keys.value(
                StateFolder.of(hostRoot, "etc", "containers")
                        .read("storage.conf")
                        .textOrEmpty(),
                "graphroot");
        if (configured != null && configured.startsWith("/")) {
            stores.add(Store.of(users.onHost(Path.of(configured)), systemRun, Wanted.NO_USER));
        }
        stores.add(Store.of(systemRun, systemRun, Wanted.NO_USER));
        return stores.stream().distinct().toList();
    }

    /** Where the storage of a user, or the machine's, keeps what need not last. */
    static Path passing(Path hostRoot, long user) {
        return user == Wanted.NO_USER
                ? hostRoot.resolve("run/containers/storage")
                : new Users(hostRoot).runtimeFolder(user).resolve("containers");
    }

    private static Lookup find(Store store, String driver, String id) {
        StateText config = store.lasting().read(driver, id, "userdata", "config.json");
        if (config instanceof StateText.Absent) {
            config = store.passing().read(driver, id, "userdata", "config.json");
        }
        config = Json.whole(config);
        if (config instanceof StateText.Unreadable unreadable) {
            return new Lookup.Unreadable(unreadable.reason());
        }
        List<String> unread = new ArrayList<>();
        Json entry = listed(store, driver, id, unread);
        String missing = String.join("; ", unread);
        String folder = store.lasting().base().resolve(driver).toString();
        if (!(config instanceof StateText.Text text)) {
            if (entry != null) {
                return new Lookup.Found(record(entry, Json.EMPTY, id, 0, folder));
            }
            return missing.isEmpty() ? new Lookup.Unknown(folder) : new Lookup.Unreadable(missing);
        }
        long pid = Keys.number(store.passing()
                .read(driver, id, "userdata", "pidfile")
                .textOrEmpty()
                .strip());
        Json json = Json.parse(text.text()).orElse(Json.EMPTY);
        return entry == null
                ? new Lookup.Found(record(Json.EMPTY, json, id, pid, text.path()), missing)
                : new Lookup.Found(record(entry, json, id, pid, text.path()));
    }

    /**
     * Its entry in the lists; null if it has none.
     *
     * @param unread takes the lists that cannot be read, and why
     */
    private static @Nullable Json listed(Store store, String driver, String id, List<String> unread) {
        Json entry = listed(store, store.lasting(), driver, LIST, id, unread);
        if (entry == null) {
            entry = listed(store, store.lasting(), driver, VOLATILE_LIST, id, unread);
        }
        return entry != null ? entry : listed(store, store.passing(), driver, VOLATILE_LIST, id, unread);
    }

    private static @Nullable Json listed(
            Store store, StateFolder folder, String driver, String list, String id, List<String> unread) {
        try {
            return ContainerList.entry(folder, id, store.user(), driver, list);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            unread.add(folder.base() + "/" + driver + "/" + list + ": " + e.getMessage());
            return null;
        }
    }

    /**
     * Makes the record of a container.
     *
     * @param entry its entry in the list of containers; empty if that has none
     * @param config its OCI bundle; empty without one
     */
    static ContainerRecord record(Json entry, Json config, String id, long pid, String file) {
        Map<String, String> annotations = new HashMap<>(config.in("annotations").texts());
        String listed = annotations.get(CRIO_LABELS);
        if (listed != null) {
            Json.parse(listed).ifPresent(json -> annotations.putAll(json.texts()));
        }
        String manager = annotations.get("io.container.manager");
        boolean crio = "cri-o".equals(manager) || (manager == null && annotations.containsKey(CRIO + "ContainerID"));
        Json metadata = Json.parse(String.valueOf(entry.text("metadata"))).orElse(Json.EMPTY);
        String cgroup = config.in("linux").text("cgroupsPath");
        Pod pod = crio ? Labels.kubernetesPod(annotations) : podmanPod(annotations, cgroup);
        // Podman tells every container of a pod but the infra container itself which one that is
        boolean sandbox = crio
                ? "sandbox".equals(annotations.get(CRIO + "ContainerType"))
                : pod != null && !annotations.containsKey(CRIO + "SandboxID");
        String name = crio
                ? crioName(annotations, pod, sandbox)
                : entry.textsOf("names").stream().findFirst().orElse(null);
        return ContainerRecord.of(
                        crio ? ContainerRuntime.CRIO : ContainerRuntime.PODMAN,
                        id,
                        crio ? CRIO_RULE : PODMAN_RULE,
                        file)
                .called(name, image(metadata.text("image-name"), annotations.get(CRIO + "ImageName"), crio))
                .in(pod, sandbox)
                .labelled(Labels.ofInterest(annotations))
                .withInit(new ContainerRecord.Init(pid, 0, Keys.cgroupName(cgroup)));
    }

    /** Kubelet asks CRI-O for an image by its id, which the list then has for a name; the annotation has one of its names. */
    private static @Nullable String image(@Nullable String listed, @Nullable String annotated, boolean crio) {
        return crio ? (annotated != null ? annotated : listed) : (listed != null ? listed : annotated);
    }

    private static @Nullable String crioName(Map<String, String> annotations, @Nullable Pod pod, boolean sandbox) {
        return sandbox && pod != null
                ? pod.name()
                : annotations.getOrDefault("io.kubernetes.container.name", annotations.get(CRIO + "ContainerName"));
    }

    /** The id of a pod of Podman's is in the cgroup path; its name is in Podman's database only, unless it came by YAML. */
    private static @Nullable Pod podmanPod(Map<String, String> annotations, @Nullable String cgroup) {
        Matcher matcher = IN_POD.matcher(cgroup == null ? "" : cgroup);
        return matcher.matches() ? new Pod(matcher.group(1), annotations.get(CRIO + "KubeName"), null, null) : null;
    }
}
