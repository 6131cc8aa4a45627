// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import io.waybill.metadata.RuntimeStates;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The processes that hold a container from the host's side: the monitor, the shim or the sandbox program above it.
 *
 * <p>A command line is whatever its process says it is, so this is the last source, and never one against another.
 */
final class Ancestry {
    /** Deeper than any process is below its container's init in practice; a bound on what one answer may cost. */
    private static final int GENERATIONS = 32;

    private static final Map<String, ContainerRuntime> DAEMONS =
            Map.of("lxd", ContainerRuntime.LXD, "incusd", ContainerRuntime.INCUS);

    private static final Set<String> LXC_TOOLS = Set.of("lxc-start", "lxc-attach", "lxc-execute");

    /**
     * What an ancestor tells.
     *
     * @param pid the ancestor
     * @param runtime what it is part of
     * @param id the container's id, or its name where the runtime knows it by name; null if it does not say
     * @param namespace containerd's namespace; null elsewhere
     * @param folder where the runtime keeps the container, by the holder; null if it does not say
     * @param rule the rule that matched
     * @param evidence its program, and the arguments that name the container; bounded
     */
    record Holder(
            long pid,
            ContainerRuntime runtime,
            @Nullable String id,
            @Nullable String namespace,
            @Nullable String folder,
            String rule,
            String evidence) {}

    /**
     * Parent and depth of a process.
     *
     * @param parent the parent's pid, 0 where it is not visible
     * @param user the user it runs as
     * @param depth in how many pid namespaces it has a pid, counted from that of the procfs
     */
    record Place(long parent, long user, int depth) {}

    private final ProcFs procFs;

    Ancestry(ProcFs procFs) {
        this.procFs = procFs;
    }

    /** How a process is placed; empty if its status cannot be read. */
    Optional<Place> place(long pid) {
        long parent = 0;
        long user = 0;
        int depth = 0;
        for (String line : procFs.readStatus(pid).linesOrNone()) {
            if (line.startsWith("PPid:")) {
                parent = number(line.substring(5).strip());
            } else if (line.startsWith("Uid:")) {
                // Uid:    1000    1000    1000    1000
                user = firstNumber(line.substring(4));
            } else if (line.startsWith("NSpid:")) {
                depth = new StringTokenizer(line.substring(6)).countTokens();
                break;
            }
        }
        return depth == 0 ? Optional.empty() : Optional.of(new Place(parent, user, depth));
    }

    /** Whether a process is the first of a pid namespace that lies below that of the procfs. */
    boolean isInit(long pid) {
        for (String line : procFs.readStatus(pid).linesOrNone()) {
            if (line.startsWith("NSpid:")) {
                String[] pids = line.substring(6).strip().split("\\s+", -1);
                return pids.length > 1 && pids[pids.length - 1].equals("1");
            }
        }
        return false;
    }

    /** The nearest holder that is outside of the process's own pid namespace. */
    Optional<Holder> holder(long pid, Place place) {
        long ancestor = place.parent();
        for (int i = 0; i < GENERATIONS && ancestor > 1; i++) {
            Optional<Place> above = place(ancestor);
            if (above.isEmpty()) {
                return Optional.empty();
            }
            if (above.get().depth() < place.depth()) {
                Optional<Holder> holder = parse(ancestor, arguments(ancestor));
                if (holder.isPresent()) {
                    return holder;
                }
            }
            ancestor = above.get().parent();
        }
        return Optional.empty();
    }

    private List<String> arguments(long pid) {
        String joined = String.join("\n", procFs.read(pid, "cmdline").linesOrNone());
        return List.of(joined.split("\0", -1));
    }

    /** The arguments of a process, as {@code /proc/PID/cmdline} has them. */
    static Optional<Holder> parse(long pid, List<String> arguments) {
        String program = arguments.get(0).substring(arguments.get(0).lastIndexOf('/') + 1);
        // /usr/bin/conmon --api-version 1 -c bc02 -u bc02 -r /usr/bin/runc -b …             lab: Podman 4.3, rootless
        if (program.equals("conmon")) {
            String id = after(arguments, "-c", "--cid").filter(Ancestry::isId).orElse(null);
            String bundle = after(arguments, "-b", "--bundle").orElse(null);
            return Optional.of(new Holder(pid, ContainerRuntime.PODMAN, id, null, bundle, "conmon", told(arguments)));
        }
        // /usr/bin/containerd-shim-runc-v2 -namespace moby -id 67aa -address /run/…          lab: Docker 20.10
        if (program.startsWith("containerd-shim")) {
            return Optional.of(shim(pid, program, arguments));
        }
        // systemd-nspawn -q -M labnspawn -D /srv/lab/rootfs …                                lab: systemd-nspawn 252
        if (program.equals("systemd-nspawn")) {
            String machine = after(arguments, "-M", "--machine").orElse(null);
            return Optional.of(
                    new Holder(pid, ContainerRuntime.NSPAWN, machine, null, null, "nspawn", told(arguments)));
        }
        // [lxc monitor] /var/lib/lxc labbb                                                  lab: LXC 5.0
        if (arguments.get(0).startsWith("[lxc monitor] ")) {
            return Optional.of(monitor(pid, arguments.get(0)));
        }
        // lxc-attach -n web-1 -- sh; lxc-start -F -n web-1                                  what is in the foreground
        if (LXC_TOOLS.contains(program)) {
            String name = after(arguments, "-n", "--name").orElse(null);
            String folder = after(arguments, "-P", "--lxcpath").orElse(null);
            return Optional.of(new Holder(pid, ContainerRuntime.LXC, name, null, folder, program, told(arguments)));
        }
        // lxd forkexec web-1 /var/lib/lxd/containers /var/log/lxd/web-1/lxc.conf 0 0 /root …  lab: lxc exec, LXD 5.0
        if (arguments.size() > 3 && arguments.get(1).equals("forkexec") && DAEMONS.containsKey(program)) {
            String folder = arguments.get(3);
            ContainerRuntime runtime = DAEMONS.getOrDefault(program, ContainerRuntime.LXC);
            return Optional.of(new Holder(
                    pid, runtime, Bounds.name(arguments.get(2)), null, folder, program + "-forkexec", program));
        }
        // bwrap --unshare-all --ro-bind / / … sleep 600                                     lab: bubblewrap 0.8
        if (program.equals("bwrap") || program.equals("firejail")) {
            ContainerRuntime runtime =
                    program.equals("bwrap") ? ContainerRuntime.BUBBLEWRAP : ContainerRuntime.FIREJAIL;
            return Optional.of(new Holder(pid, runtime, Long.toString(pid), null, null, program, told(arguments)));
        }
        return Optional.empty();
    }

    /** Without what stands behind: that is the container's own command, and may have secrets. */
    private static String told(List<String> arguments) {
        return Bounds.path(String.join(" ", ProcRecorder.told(arguments)).strip());
    }

    /** The shim of a pod's containers is the sandbox's: with CRI its id is no container's but the sandbox's. */
    private static Holder shim(long pid, String program, List<String> arguments) {
        String namespace = after(arguments, "-namespace", "--namespace").orElse(null);
        String id = after(arguments, "-id", "--id").orElse(null);
        ContainerRuntime runtime = program.contains("runsc")
                ? ContainerRuntime.GVISOR
                : program.contains("kata")
                        ? ContainerRuntime.KATA
                        : RuntimeStates.isDockers(namespace) ? ContainerRuntime.DOCKER : ContainerRuntime.CONTAINERD;
        return new Holder(pid, runtime, id, namespace, null, "containerd-shim", told(arguments));
    }

    /** The monitor writes over its arguments, so that they are one text: its folder of containers, then the name. */
    private static Holder monitor(long pid, String text) {
        String rest = text.substring("[lxc monitor] ".length()).strip();
        int space = rest.lastIndexOf(' ');
        String folder = space < 0 ? "" : rest.substring(0, space);
        ContainerRuntime runtime = folder.contains("lxd")
                ? ContainerRuntime.LXD
                : folder.contains("incus") ? ContainerRuntime.INCUS : ContainerRuntime.LXC;
        String name = Bounds.name(rest.substring(space + 1));
        return new Holder(pid, runtime, name, null, folder, "lxc-monitor", Bounds.path(text));
    }

    private static Optional<String> after(List<String> arguments, String option, String longOption) {
        List<String> found = new ArrayList<>(1);
        for (int i = 1; i < arguments.size() && found.isEmpty(); i++) {
            String argument = arguments.get(i);
            if ((argument.equals(option) || argument.equals(longOption)) && i + 1 < arguments.size()) {
                found.add(arguments.get(i + 1));
            } else if (argument.startsWith(longOption + "=")) {
                found.add(argument.substring(longOption.length() + 1));
            }
        }
        return found.stream()
                .filter(value -> !value.isEmpty())
                .map(Bounds::name)
                .findFirst();
    }

    private static boolean isId(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static long firstNumber(String text) {
        StringTokenizer words = new StringTokenizer(text);
        return words.hasMoreTokens() ? number(words.nextToken()) : 0;
    }

    private static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length() && i < 18; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
