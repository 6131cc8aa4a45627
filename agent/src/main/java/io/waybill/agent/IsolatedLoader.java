// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads what lies below {@code isolated/} in the agent's jar, and the classes packed there, before anybody else's class or
 * resource of that name.
 *
 * <p>Of the loader of the doors it sees the agent's doors, the API and the events, and nothing else of the application.
 */
final class IsolatedLoader extends ClassLoader implements Function<String, ClassLoader> {
    private static final String FOLDER = "isolated/";
    private static final String CLASSES = FOLDER + "classes.zip";
    private static final String PACKAGES = FOLDER + "packages";
    private static final String[] SHARED = {"io.waybill.agent.", "io.waybill.api.", "io.waybill.jfr."};

    private final JarFile jar;
    private final PackedClasses classes;
    private final ClassLoader doors;
    private final ProtectionDomain domain;

    static {
        registerAsParallelCapable();
    }

    private IsolatedLoader(JarFile jar, ClassLoader doors, ProtectionDomain domain) throws IOException {
        super("waybill", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.classes = PackedClasses.of(jar, CLASSES);
        this.doors = doors;
        this.domain = domain;
    }

    /** Opens the jar that this class came from. */
    static IsolatedLoader ofOwnJar() throws IOException {
        ProtectionDomain domain = IsolatedLoader.class.getProtectionDomain();
        File file = new File(URI.create(domain.getCodeSource().getLocation().toString()));
        return new IsolatedLoader(new JarFile(file, false), IsolatedLoader.class.getClassLoader(), domain);
    }

    /** The loader of a module: this one, whichever it is. */
    @Override
    public ClassLoader apply(String module) {
        return this;
    }

    /** The packages below the folder, as the build listed them. */
    Set<String> packages() throws IOException {
        ZipEntry entry = jar.getEntry(PACKAGES);
        if (entry == null) {
            throw new IOException(jar.getName() + " has no " + PACKAGES);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = findOwn(name);
            }
            if (loaded == null) {
                loaded = isShared(name) ? doors.loadClass(name) : super.loadClass(name, false);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> found = findOwn(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    @Override
    protected @Nullable Class<?> findClass(@Nullable String module, String name) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findOwn(name);
        }
    }

    private @Nullable Class<?> findOwn(String name) {
        try {
            byte[] bytes = classes.read(name.replace('.', '/') + ".class");
            return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new LinkageError("reading " + name + " from " + jar.getName(), e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        if (own != null) {
            return own;
        }
        return isShared(name.replace('/', '.')) ? doors.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(
                isShared(name.replace('/', '.'))
                        ? doors.getResources(name)
                        : getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    protected @Nullable URL findResource(@Nullable String module, String name) {
        return findResource(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        try {
            if (classes.has(name)) {
                return new URL(null, "waybill:/" + name, new ClassFile(name));
            }
            return jar.getEntry(FOLDER + name) == null
                    ? null
                    : new URL("jar:" + new File(jar.getName()).toURI() + "!/" + FOLDER + name);
        } catch (IOException e) {
            throw new IllegalStateException("a URL for " + name + " in " + jar.getName(), e);
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = findResource(name);
        return own == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(own));
    }

    private static boolean isShared(String name) {
        for (String prefix : SHARED) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Opens one of the packed class files. */
    private final class ClassFile extends URLStreamHandler {
        private final String name;

        ClassFile(String name) {
            this.name = name;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    return new ByteArrayInputStream(Objects.requireNonNull(classes.read(name), name));
                }
            };
        }
    }
}
