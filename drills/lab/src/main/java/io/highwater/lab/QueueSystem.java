// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A kind of job queue, and the lab's program for it, which is a resource beside this class. */
public enum QueueSystem {
    BULL("bull.mjs"),
    BULLMQ("bullmq.mjs");

    private final String script;

    QueueSystem(String script) {
        this.script = script;
    }

    /** As its package is called. */
    String packageName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program and what it imports. */
    List<String> scripts() {
        return List.of(script, "program.mjs", "redis.mjs");
    }

    /** @param home has the scripts */
    List<String> command(Path home, QueueLibrary library, String store) {
        return List.of("node", home.resolve(script).toString(), library.folder().toString(), store);
    }
}
