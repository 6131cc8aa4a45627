// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.IProgressMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.owasp.encoder.Encode;

/**
 * The jar in the framework that Mission Control runs in, Equinox, beside Mission Control's own bundles: as the application
 * finds rules, by its extension point and the class loader of whoever extends it.
 */
class DropInIT {
    private static final String POINT = "org.openjdk.jmc.flightrecorder.rules.ruleProvider";

    @TempDir
    private Path folder;

    private Framework framework;

    @BeforeEach
    void startFramework() throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        framework = factory.newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.toString(),
                "osgi.install.area",
                folder.toUri().toString()));
        framework.start();
        Bundle registry = null;
        for (Class<?> type : new Class<?>[] {IProgressMonitor.class, IExtensionRegistry.class}) {
            registry = install(jarOf(type));
        }
        registry.start();
    }

    @AfterEach
    void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void theApplicationFindsItsRules() throws Exception {
        for (Class<?> type : new Class<?>[] {IItem.class, JfrLoaderToolkit.class, IRule.class, Encode.class}) {
            install(jarOf(type));
        }
        install(jarOf(Class.forName("net.jpountz.lz4.LZ4Factory")));
        Bundle rules = install(rules());

        assertThat(framework.adapt(FrameworkWiring.class).resolveBundles(List.of(rules)))
                .isTrue();
        assertThat(contributors()).containsExactly("io.waybill.jmc.rules");
        assertThat(rulesOf(rules))
                .containsExactlyInAnyOrder(
                        "io.waybill.BusiestContainer",
                        "io.waybill.NoisyNeighbour",
                        "io.waybill.RefusedIdentity",
                        "io.waybill.RestartedContainer");
    }

    @Test
    void withoutMissionControlItIsNotResolved() throws Exception {
        Bundle rules = install(rules());

        assertThat(framework.adapt(FrameworkWiring.class).resolveBundles(List.of(rules)))
                .isFalse();
        assertThat(contributors()).isEmpty();
    }

    private Bundle install(Path jar) throws Exception {
        BundleContext context = framework.getBundleContext();
        return context.installBundle(jar.toUri().toString());
    }

    /** Who extends the extension point, as the framework's registry says. */
    private List<String> contributors() throws Exception {
        BundleContext context = framework.getBundleContext();
        Object registry =
                context.getService(context.getAllServiceReferences(IExtensionRegistry.class.getName(), null)[0]);
        List<String> contributors = new ArrayList<>();
        for (Object element : (Object[]) call(registry, "getConfigurationElementsFor", POINT)) {
            contributors.add((String) call(call(element, "getContributor"), "getName"));
        }
        return contributors;
    }

    private static List<String> rulesOf(Bundle bundle) throws Exception {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        List<String> ids = new ArrayList<>();
        for (Object rule : ServiceLoader.load(loader.loadClass(IRule.class.getName()), loader)) {
            ids.add((String) call(rule, "getId"));
        }
        return ids;
    }

    /** The framework has the same classes from other loaders. */
    private static Object call(Object object, String method, String... arguments) throws Exception {
        Class<?>[] types = Stream.of(arguments).map(String::getClass).toArray(Class<?>[]::new);
        return object.getClass().getMethod(method, types).invoke(object, (Object[]) arguments);
    }

    private static Path rules() {
        return Path.of(Objects.requireNonNull(System.getProperty("waybill.test.rules")));
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
