// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the user asks for at standard input. Its end asks for nothing: a demo without input goes on. */
final class Keyboard {

    private final InputStream in;
    private final BlockingQueue<Action> actions;
    private final Consumer<String> refuse;

    Keyboard(InputStream in, BlockingQueue<Action> actions, Consumer<String> refuse) {
        this.in = in;
        this.actions = actions;
        this.refuse = refuse;
    }

    /**
     * Reads on a thread that nobody waits for: a read of standard input cannot be interrupted.
     *
     * @param keys whether each key is an action, or each line
     */
    void start(boolean keys) {
        Thread.ofPlatform().daemon().name("keyboard").start(() -> {
            try {
                if (keys) {
                    readKeys();
                } else {
                    readLines();
                }
            } catch (IOException e) {
                // the same as its end
            }
        });
    }

    /** Keys that stand for nothing are passed over. */
    private void readKeys() throws IOException {
        for (int key = in.read(); key >= 0; key = in.read()) {
            Action.of((char) key).ifPresent(actions::add);
        }
    }

    private void readLines() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var word = line.strip();
            Action.of(word).ifPresentOrElse(actions::add, () -> refuse.accept(unknown(word)));
        }
    }

    private static String unknown(String word) {
        return "unknown: '" + word + "'; there are "
                + Arrays.stream(Action.values()).map(Action::word).collect(Collectors.joining(", "));
    }
}
