// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others.program;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * An application with the API of Waybill in a class loader of its own, in use before the agent comes. Arguments: the API's
 * jar. Says when the agent is there, what it answers, and when it has gone; then
 * runs until it is ended.
 */
public final class CopyProgram {
    private CopyProgram() {}

    public static void main(String[] arguments) throws Exception {
        URL[] jar = {Path.of(arguments[0]).toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Class<?> api = loader.loadClass("io.waybill.api.ProcessContainers");
            System.out.println("connected: " + isConnected(api));
            await(api, true);
            Object answer = api.getMethod("resolve", long.class)
                    .invoke(null, ProcessHandle.current().pid());
            System.out.println("answered: " + answer.getClass().getSimpleName());
            await(api, false);
            new CountDownLatch(1).await();
        }
    }

    private static void await(Class<?> api, boolean wanted) throws Exception {
        while (isConnected(api) != wanted) {
            Thread.sleep(10);
        }
        System.out.println("connected: " + wanted);
    }

    private static boolean isConnected(Class<?> api) throws ReflectiveOperationException {
        return (Boolean) api.getMethod("isConnected").invoke(null);
    }
}
