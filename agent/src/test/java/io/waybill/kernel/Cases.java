// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.namespace.Unshared;
import io.waybill.testing.LimitedGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Processes in namespaces of all sorts, made by programs of this machine; closing this ends them. */
final class Cases implements AutoCloseable {
    /** Runs a command as a user without rights. */
    static final List<String> AS_NOBODY = List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    private static final List<String> WAITING = List.of("sh", "-c", "echo ready; read wait");
    private static final List<String> UNSHARE = List.of("unshare", "--pid", "--fork", "--kill-child");

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<Case> cases = new ArrayList<>();
    private @Nullable OciContainer container;

    private Cases() {}

    /**
     * Starts them.
     *
     * @param folder for files of theirs
     * @param reaper the program that makes the cases in which the ioctl lies
     * @param runtime what starts a container
     */
    static Cases start(Path folder, Path reaper, String runtime) throws Exception {
        Cases cases = new Cases();
        try {
            cases.startUnshare();
            cases.startNested();
            cases.startInUserNamespace();
            cases.startOfNobody();
            cases.startWithoutLeader(reaper);
            cases.startContainer(runtime, folder);
            return cases;
        } catch (Exception e) {
            cases.close();
            throw e;
        }
    }

    List<Case> all() {
        return cases;
    }

    Case named(String name) {
        return cases.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The command that has the container use the disk of a guest. */
    List<String> useDisk() {
        return Objects.requireNonNull(container, "no container was started").useDisk();
    }

    /** Whether the container is to take all the processor time it can get. */
    void setContainerBusy(boolean busy) throws IOException {
        Objects.requireNonNull(container, "no container was started").setBusy(busy);
    }

    private void startUnshare() {
        Unshared namespace = unshared(List.of("sh", "-c", "sleep 1000 & echo ready; read wait; kill $!"));
        add("unshare", Unshared.onlyChildOf(namespace.initPid()), namespace.initPid());
    }

    private void startNested() {
        Unshared outer = unshared(concat(UNSHARE, WAITING));
        long inner = Unshared.onlyChildOf(outer.initPid());
        add("nested", inner, inner);
    }

    /** Of a user without rights, who has them all in a user namespace of his own. */
    private void startInUserNamespace() {
        List<String> unshare = concat(UNSHARE, List.of("--user", "--map-root-user"));
        Unshared outer = unshared(concat(AS_NOBODY, concat(unshare, WAITING)));
        long inner = Unshared.onlyChildOf(outer.initPid());
        add("user namespace", inner, inner);
    }

    /** A namespace that root owns, in which a user without rights lives. */
    private void startOfNobody() {
        Unshared namespace = unshared(concat(AS_NOBODY, WAITING));
        add("nobody in root's", namespace.initPid(), namespace.initPid());
    }

    private void startWithoutLeader(Path program) throws IOException {
        Process reaper = start(List.of(program.toString(), "leader-ended", "1", "1"));
        String[] fact = firstLineOf(reaper).split(" ");
        String namespace = "--pid=/proc/" + reaper.pid() + "/fd/" + fact[0];
        Process nsenter = start(concat(List.of("nsenter", namespace), WAITING));
        if (!firstLineOf(nsenter).equals("ready")) {
            throw new IllegalStateException("nsenter " + namespace);
        }
        long member = Unshared.onlyChildOf(nsenter.pid());
        add("init without its leader", member, Long.parseLong(fact[4]));
    }

    private void startContainer(String runtime, Path folder) throws IOException {
        LimitedGroup group = LimitedGroup.make();
        running.push(group);
        container = OciContainer.start(runtime, Files.createDirectory(folder.resolve("bundle")), group);
        running.push(container);
        long init = container.initPid();
        cases.add(new Case("container", init, init, Unshared.inodeOf(init), container.id()));
    }

    private void add(String name, long pid, long initPid) {
        cases.add(new Case(name, pid, initPid, Unshared.inodeOf(pid)));
    }

    private Unshared unshared(List<String> command) {
        Unshared namespace = Unshared.running(command.toArray(String[]::new));
        running.push(namespace);
        return namespace;
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        running.push(() -> {
            process.getOutputStream().close();
            process.waitFor();
        });
        return process;
    }

    private static String firstLineOf(Process process) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("ending what the test started", e);
            }
        }
    }
}
