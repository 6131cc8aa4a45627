// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that has the API in a class loader of its own, as a war does, asks the agent all the same. */
class OtherCopyTest {
    private static final PidNamespace NAMESPACE =
            new PidNamespace(new NamespaceId(4, 4026532185L), 7L, 1, List.of(new NamespaceId(4, 4026531836L)));
    private static final ObservedProcess PROCESS = new ObservedProcess(4711, 12, 1, "sh", Instant.ofEpochSecond(1));
    private static final Identity CONTAINER = new ContainerIdentity(
            "b6c3be0c5848",
            ContainerRuntime.CONTAINERD,
            "web",
            null,
            new Pod("uid-1", "web-0", "shop", "app"),
            false,
            Map.of("tier", "front"),
            "/docker/b6c3be0c5848",
            new Provenance(Provenance.Source.CGROUP, "docker", "/docker/b6c3be0c5848"),
            List.of("a remark"));
    private static final Identity NO_CONTAINER = new NoContainer(NoContainer.Reason.HOST, "a unit", "/system.slice");

    private final List<String> told = new ArrayList<>();
    private Resolution answer = new Resolution.NotVisible(0, "");
    private URLClassLoader application;

    @BeforeEach
    void openApplication() {
        URL classes =
                ProcessContainers.class.getProtectionDomain().getCodeSource().getLocation();
        application = new SelfFirst(classes);
    }

    @AfterEach
    void disconnect() throws IOException {
        ProcessContainers.connect(null);
        application.close();
    }

    static List<Resolution> answers() {
        return List.of(
                new Resolution.Resolved(
                        PROCESS, NAMESPACE, new Init.Known(4700, InitWay.NS_GET_TGID_FROM_PIDNS), CONTAINER),
                new Resolution.Resolved(PROCESS, NAMESPACE, new Init.NotVisible("0"), NO_CONTAINER),
                new Resolution.Resolved(PROCESS, NAMESPACE, new Init.None("reaped"), NO_CONTAINER),
                new Resolution.Refused(PROCESS, "EPERM", CONTAINER),
                new Resolution.Gone(4711, "pidfd_open", NAMESPACE),
                new Resolution.Gone(4711, "pidfd_open", null),
                new Resolution.NotVisible(0, "a peer"),
                new Resolution.Unanswered(4711, "EMFILE"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsTheSameInTheApplicationsTypes(Resolution given) throws Exception {
        ProcessContainers.connect(new Agent());
        answer = given;

        Object seen =
                theirs("ProcessContainers").getMethod("resolve", long.class).invoke(null, 4711L);

        assertThat(seen.getClass().getClassLoader()).isSameAs(application);
        assertThat(seen.getClass().getName()).isEqualTo(given.getClass().getName());
        assertThat(seen.toString()).isEqualTo(given.toString());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aScopeIsOpenedForAnAnswerOfTheApplications(Resolution given) throws Exception {
        ProcessContainers.connect(new Agent());
        Object resolution = Translation.into(application).translate(given);

        AutoCloseable scope = (AutoCloseable)
                theirs("ContainerScope").getMethod("of", theirs("Resolution")).invoke(null, resolution);
        scope.close();

        assertThat(told).containsExactly("open " + given, "close");
    }

    @Test
    void aScopeOfAPidAReportAndAPeerReachTheAgent() throws Exception {
        ProcessContainers.connect(new Agent());

        AutoCloseable scope = (AutoCloseable)
                theirs("ContainerScope").getMethod("of", long.class).invoke(null, 4711L);
        scope.close();
        theirs("ProcessContainers").getMethod("report", long.class).invoke(null, 4712L);
        theirs("ProcessContainers").getMethod("peerOf", Object.class).invoke(null, "a channel");

        assertThat(told).containsExactly("open 4711", "close", "report 4712", "peer a channel");
    }

    @Test
    void theApplicationSeesTheAgentComeAndGo() throws Exception {
        assertThat(isConnected()).isEqualTo(false);
        ProcessContainers.connect(new Agent());
        assertThat(isConnected()).isEqualTo(true);
        ProcessContainers.connect(null);
        assertThat(isConnected()).isEqualTo(false);

        Object seen =
                theirs("ProcessContainers").getMethod("resolve", long.class).invoke(null, 4711L);
        Object scope = theirs("ContainerScope").getMethod("of", long.class).invoke(null, 4711L);

        assertThat(seen).hasToString(ProcessContainers.resolve(4711).toString());
        assertThat(scope)
                .as("no object for each scope")
                .isSameAs(theirs("NoScope").getEnumConstants()[0]);
    }

    @Test
    void whereTheAgentIsConnectedThereIsNoOtherCopy() {
        assertThat(OtherCopy.find()).isNull();
    }

    private Object isConnected() throws ReflectiveOperationException {
        return theirs("ProcessContainers").getMethod("isConnected").invoke(null);
    }

    private Class<?> theirs(String name) throws ClassNotFoundException {
        return Class.forName("io.waybill.api." + name, true, application);
    }

    /** An agent that tells what it was asked. */
    private final class Agent implements AgentConnection {
        @Override
        public PidResolver resolver() {
            return pid -> answer;
        }

        @Override
        public Resolution peerOf(Object channel) {
            told.add("peer " + channel);
            return answer;
        }

        @Override
        public void report(long pid) {
            told.add("report " + pid);
        }

        @Override
        public @Nullable ContainerScope openScope(long pid) {
            told.add("open " + pid);
            return () -> told.add("close");
        }

        @Override
        public @Nullable ContainerScope openScope(Resolution resolution) {
            told.add("open " + resolution);
            return () -> told.add("close");
        }
    }

    /** Asks itself first for what it has. */
    private static final class SelfFirst extends URLClassLoader {
        SelfFirst(URL classes) {
            super(new URL[] {classes}, SelfFirst.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("io.waybill.api.") && !name.contains("Test")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
