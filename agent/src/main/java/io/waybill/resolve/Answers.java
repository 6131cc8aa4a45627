// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Identity;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.linux.FolderEvents;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NativeAccessException;
import io.waybill.linux.ProcessConnector;
import io.waybill.linux.ProcessEnds;
import io.waybill.linux.SocketPeer;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcLimits;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What answers for a pid in this JVM, wired to the kernel and the procfs under it. */
public final class Answers implements AutoCloseable {
    /** PROC_PID_INIT_INO of include/linux/proc_ns.h. */
    private static final long INITIAL_NAMESPACE = 0xEFFFFFFCL;

    /** The part of this JVM's descriptors that remembered processes may take, and that their inits may take. */
    private static final int SHARE = 8;

    private static final int FEWEST = 4;

    private final @Nullable Linux linux;
    private final int remember;
    private final ProcFs procFs;
    private final NamespaceResolver namespaces;
    private final ContainerIdentities identities;
    private final ProcessReader processes;
    private final Clock clock;
    private final ContainerResolver resolver;

    Answers(@Nullable Linux linux, ProcFs procFs, int wanted, IdentitySettings settings, StepLog steps, Clock clock) {
        this.remember = (int) Math.max(
                FEWEST, Math.min(wanted, ProcLimits.ofThisProcess(procFs).openFiles() / SHARE));
        this.linux = linux;
        this.procFs = procFs;
        this.namespaces = NamespaceResolver.over(linux, procFs, remember, steps);
        this.identities = ContainerIdentities.of(procFs, settings);
        this.processes = new ProcessReader(procFs);
        this.clock = clock;
        this.resolver = new ContainerResolver(namespaces, identities, processes, remember, clock);
    }

    /**
     * Wires them.
     *
     * @param remember how many processes, and how many inits, are held at most, one descriptor each; fewer where this
     *     JVM may open few
     * @param settings what may be read to identify a container
     * @param steps is told each step of a resolution
     * @param complaints is told what is missing
     */
    public static Answers wire(int remember, IdentitySettings settings, StepLog steps, Consumer<String> complaints) {
        Linux linux = null;
        try {
            linux = Linux.load();
        } catch (NativeAccessException e) {
            complaints.accept("no system calls can be made, so inits are found by /proc alone: " + e.getMessage());
        }
        ProcFs procFs = linux == null ? ProcFs.mounted() : ProcFs.mounted().readBy(new KernelFiles(linux));
        if (procFs.forbidden() != null) {
            complaints.accept(procFs.forbidden());
        }
        return new Answers(linux, procFs, remember, settings, steps, SteadyClock.over(linux));
    }

    /** How many descriptors of a kind are held at most. */
    public int remember() {
        return remember;
    }

    /** The procfs that is read. */
    public ProcFs procFs() {
        return procFs;
    }

    /** From a pid to its namespace and init. */
    public NamespaceResolver namespaces() {
        return namespaces;
    }

    /** What /proc says of a process. */
    public ProcessReader processes() {
        return processes;
    }

    /** The whole way. */
    public ContainerResolver resolver() {
        return resolver;
    }

    /** From a pid to its container, and that container's names. */
    public ContainerIdentities identities() {
        return identities;
    }

    /** The container of this JVM, or why there is none. */
    public Identity self() {
        return identities.self();
    }

    /** What system calls are made through: {@code FFM} or {@code JNA}; empty if none can be made. */
    public String binding() {
        return linux == null ? "" : linux.binding();
    }

    /**
     * Lists the processes there are, each with an inode number that tells it from a later process of the same pid.
     *
     * @throws IOException if the procfs cannot be listed
     */
    public void listProcesses(Linux.NumberedEntries processes) throws IOException {
        if (linux == null) {
            for (long pid : procFs.pids()) {
                processes.entry(pid, procFs.inode(pid));
            }
            return;
        }
        try {
            linux.list(procFs.root().toString(), processes);
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Subscribes to the kernel's process events.
     *
     * @return the subscription; none where no system calls can be made, or pids are not those of the initial pid namespace
     * @throws LinuxException as {@link Linux#connectProcesses()} does, or if there is no descriptor left
     */
    public Optional<ProcessConnector> connectProcesses() throws LinuxException {
        return linux == null || namespaces.own().id().inode() != INITIAL_NAMESPACE
                ? Optional.empty()
                : Optional.of(linux.connectProcesses());
    }

    /** What tells of cgroups made and removed, as {@link Linux#watchFolders()} has it; none without system calls. */
    public Optional<FolderEvents> watchCgroups() throws LinuxException {
        return linux == null ? Optional.empty() : Optional.of(linux.watchFolders());
    }

    /**
     * Lets the kernel tell of the ends of remembered processes, which saves the question in each answer.
     *
     * @return what is to be read in a thread of its own; none where the kernel cannot be called
     */
    public Optional<ProcessEnds> watchEnds() throws LinuxException {
        if (linux == null) {
            return Optional.empty();
        }
        ProcessEnds ends = linux.watchEnds();
        resolver.watch(ends);
        return Optional.of(ends);
    }

    /** The time by which processes start and end, whatever the time of day is set to. */
    public Clock clock() {
        return clock;
    }

    /** How long the calling thread has run on a CPU, in nanoseconds; where the kernel cannot be asked, the time itself. */
    public LongSupplier cpuClock() {
        return linux == null ? System::nanoTime : linux.callingThread()::cpuNanos;
    }

    /**
     * The answer for the process at the other end of a Unix-domain socket.
     *
     * @param fd a descriptor that its owner keeps open meanwhile
     * @param by answers for its pid
     */
    public Resolution peerOf(int fd, PidResolver by) {
        if (linux == null) {
            return new Resolution.Unanswered(0, "no system calls can be made, so a socket is not asked for its peer");
        }
        try {
            return peer(linux.peerOf(fd), by);
        } catch (LinuxException e) {
            return new Resolution.Unanswered(0, e.getMessage());
        }
    }

    /** The same process, to be looked at later and held until then; null if there is none. */
    public @Nullable SocketPeer holdPeer(int fd) {
        try {
            return linux == null ? null : linux.peerOf(fd);
        } catch (LinuxException e) {
            return null;
        }
    }

    /** The answer for a held peer, which is then let go. If it lives after the look, the look was at no other process. */
    public Resolution peer(SocketPeer peer, PidResolver by) {
        try (peer) {
            Resolution resolution = peer.mayLive() ? by.resolve(peer.pid()) : null;
            return resolution != null && peer.mayLive()
                    ? resolution
                    : new Resolution.Gone(peer.pid(), "the peer ended after it had connected", null);
        }
    }

    /**
     * The answer for a child of this JVM. Another parent means that the child has ended and its number went to somebody
     * else; where an ended child was born is known all the same.
     */
    public Resolution forChild(Resolution resolution, long ownPid) {
        ObservedProcess process = Youth.processOf(resolution);
        // where the procfs hides it (hidepid), as one that runs as another user, nothing is known of its parent
        boolean another = process != null && process.pidInside() != 0 && process.parentPid() != ownPid;
        if (another) {
            return new Resolution.Gone(
                    resolution.pid(), "the child ended, and its pid went to another", namespaces.forChildren());
        }
        return resolution instanceof Resolution.Gone gone
                ? new Resolution.Gone(gone.pid(), gone.reason(), namespaces.forChildren())
                : resolution;
    }

    @Override
    public void close() {
        resolver.close();
        namespaces.close();
    }
}
