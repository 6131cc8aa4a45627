// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.testing.CProgram;
import io.waybill.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Makes real pid namespaces of two processes within a millisecond, and ends them as told ({@code farm.c}). */
final class Farm implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final OutputStream words;

    private Farm(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.words = process.getOutputStream();
    }

    static Farm open() throws IOException, InterruptedException {
        Needs.root();
        return new Farm(new ProcessBuilder(CProgram.compiled("farm").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A namespace of init and its child. */
    Made make() {
        return Made.parse(ask("new"));
    }

    /** As {@link Fault#SWAP}, answering with the namespace that has the numbers then. */
    Made swap() {
        return Made.parse(ask("swap"));
    }

    /** Does something to the namespace, and waits until it is done. */
    void tell(String word) {
        ask(word);
    }

    private String ask(String word) {
        try {
            words.write((word + "\n").getBytes(StandardCharsets.UTF_8));
            words.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the farm ended at " + word);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(word, e);
        }
    }

    @Override
    public void close() throws IOException {
        words.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What the kernel made.
     *
     * @param init the number of the init outside
     * @param child that of its child
     * @param inode that of the namespace
     */
    record Made(long init, long child, long inode) {
        static Made parse(String line) {
            String[] words = line.split(" ");
            return new Made(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        boolean has(long pid) {
            return pid == init || pid == child;
        }
    }
}
