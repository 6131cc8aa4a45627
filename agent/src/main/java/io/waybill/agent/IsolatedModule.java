// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The module that the agent's isolated classes live in: named, so that native access can be granted to it alone, and in
 * a layer of its own.
 */
final class IsolatedModule {
    private static final String NAME = "io.waybill.agent.isolated";

    /** Read where the runtime image has them. The last is the API and the events, when the application is modular. */
    private static final String[] WANTED = {
        "java.instrument",
        "java.logging",
        "java.management",
        "java.sql",
        "java.xml",
        "jdk.attach",
        "jdk.jfr",
        "jdk.management",
        "jdk.net",
        "jdk.unsupported",
        "io.waybill"
    };

    private final IsolatedLoader loader;
    private final ModuleLayer.Controller layer;
    private final Module module;

    private IsolatedModule(IsolatedLoader loader, ModuleLayer.Controller layer) {
        this.loader = loader;
        this.layer = layer;
        this.module = layer.layer().findModule(NAME).orElseThrow();
    }

    /** Opens the jar that this class came from. */
    static IsolatedModule ofOwnJar() throws IOException {
        IsolatedLoader loader = IsolatedLoader.ofOwnJar();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolve(new Finder(new Reference(descriptor(loader.packages()))), ModuleFinder.of(), Set.of(NAME));
        IsolatedModule isolated =
                new IsolatedModule(loader, ModuleLayer.defineModules(configuration, List.of(boot), loader));
        isolated.layer.addReads(isolated.module, IsolatedModule.class.getModule());
        return isolated;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Loads one of the isolated classes. */
    Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    /**
     * Hands on the native access that this class's own module has, by the manifest of a jar that was started with
     * {@code java -jar}. Since 22; before, nobody asks for it.
     */
    void passOnNativeAccess() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 22) {
            return;
        }
        Method isEnabled = Module.class.getMethod("isNativeAccessEnabled");
        if ((Boolean) isEnabled.invoke(IsolatedModule.class.getModule())) {
            ModuleLayer.Controller.class
                    .getMethod("enableNativeAccess", Module.class)
                    .invoke(layer, module);
        }
    }

    private static ModuleDescriptor descriptor(Set<String> packages) {
        ModuleDescriptor.Builder builder = ModuleDescriptor.newOpenModule(NAME).packages(packages);
        for (String wanted : WANTED) {
            builder.requires(Set.of(ModuleDescriptor.Requires.Modifier.STATIC), wanted);
        }
        return builder.build();
    }

    /** Finds this one module. */
    private record Finder(ModuleReference reference) implements ModuleFinder {
        @Override
        public Optional<ModuleReference> find(String name) {
            return name.equals(NAME) ? Optional.of(reference) : Optional.empty();
        }

        @Override
        public Set<ModuleReference> findAll() {
            return Set.of(reference);
        }
    }

    /** Describes the module; its content is read by the loader. */
    private static final class Reference extends ModuleReference {
        Reference(ModuleDescriptor descriptor) {
            super(descriptor, null);
        }

        @Override
        public ModuleReader open() throws IOException {
            throw new IOException(NAME + " is read by its class loader only");
        }
    }
}
