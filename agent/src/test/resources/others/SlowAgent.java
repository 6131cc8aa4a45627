// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An agent that takes its time to start, and says which classes an agent before it loads meanwhile. */
public final class SlowAgent {
    public static void premain(String options, Instrumentation instrumentation) throws InterruptedException {
        Queue<String> loaded = new ConcurrentLinkedQueue<>();
        ClassFileTransformer transformer = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                if (Thread.currentThread().getName().equals("waybill-start")) {
                    loaded.add(name);
                }
                return null;
            }
        };
        instrumentation.addTransformer(transformer);
        for (int i = 0; i < 50 && loaded.isEmpty(); i++) {
            Thread.sleep(10);
        }
        instrumentation.removeTransformer(transformer);
        System.out.println("loaded by waybill-start meanwhile: " + loaded);
    }
}
