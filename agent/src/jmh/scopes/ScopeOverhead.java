// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0

import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a scope costs a service: the same requests in turns with a scope around each and without, in one JVM, and of each
 * pair of turns the ratio. Arguments: how many pairs, {@code api} or {@code declared}, {@code recorded} or {@code idle}.
 */
public final class ScopeOverhead {
    private static final int REQUEST_BYTES = 256 * 1024;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final MessageDigest digest = MessageDigest.getInstance("SHA-256");
    private final byte[] body = new byte[REQUEST_BYTES];
    private final long pid;
    private int result;

    private ScopeOverhead(long pid) throws Exception {
        this.pid = pid;
    }

    public static void main(String[] arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[0]);
        boolean declared = arguments[1].equals("declared");
        boolean recorded = arguments[2].equals("recorded");
        Process client = new ProcessBuilder("sleep", "100000").start();
        try {
            TimeUnit.SECONDS.sleep(4); // an answer for a younger process is not remembered
            while (!ProcessContainers.isConnected() || (recorded && ContainerScope.of(client.pid()) instanceof Enum<?>)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            double[] ratios = new ScopeOverhead(client.pid()).measure(pairs, declared);
            Arrays.sort(ratios);
            System.out.printf(
                    "%s\t%s\t%d\t%.2f\t%.2f\t%.2f%n",
                    arguments[1],
                    arguments[2],
                    Runtime.version().feature(),
                    percent(ratios[pairs / 4]),
                    percent(ratios[pairs / 2]),
                    percent(ratios[pairs * 3 / 4]));
        } finally {
            client.destroy();
        }
    }

    private static double percent(double ratio) {
        return (ratio - 1) * 100;
    }

    private double[] measure(int pairs, boolean declared) {
        // a service under load is compiled; how many requests are a turn is told only then
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            turn(10, true, declared);
            turn(10, false, declared);
        }
        int requests = 1;
        while (turn(requests, false, declared) < TURN_NANOS) {
            requests++;
        }
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            boolean scopeFirst = i % 2 == 0;
            long first = turn(requests, scopeFirst, declared);
            long second = turn(requests, !scopeFirst, declared);
            ratios[i] = scopeFirst ? (double) first / second : (double) second / first;
        }
        return ratios;
    }

    private long turn(int requests, boolean scoped, boolean declared) {
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            if (!scoped) {
                plain(pid);
            } else if (declared) {
                declared(pid);
            } else {
                api(pid);
            }
        }
        return System.nanoTime() - begin;
    }

    private void plain(long peer) {
        answer(peer);
    }

    /** What the option {@code scope} names. */
    private void declared(long peer) {
        answer(peer);
    }

    private void api(long peer) {
        try (ContainerScope scope = ContainerScope.of(peer)) {
            answer(peer);
        }
    }

    private void answer(long peer) {
        body[0] = (byte) peer;
        result += digest.digest(body)[0];
    }
}
