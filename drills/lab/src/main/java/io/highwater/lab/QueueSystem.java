// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A kind of job queue, and the lab's program for it, which is a resource beside this class. */
public enum QueueSystem {
    BULL("node", "bull.mjs"),
    BULLMQ("node", "bullmq.mjs"),
    PGBOSS("node", "pgboss.mjs"),
    CELERY("python3", "celery_program.py"),
    RQ("python3", "rq_program.py"),
    SIDEKIQ("ruby", "sidekiq_program.rb");

    private final String interpreter;
    private final String script;

    QueueSystem(String interpreter, String script) {
        this.interpreter = interpreter;
        this.script = script;
    }

    /** As its package is called, without dashes. */
    String packageName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program and what it imports. */
    List<String> scripts() {
        return switch (this) {
            case BULL, BULLMQ -> List.of(script, "program.mjs", "redis.mjs");
            case PGBOSS -> List.of(script, "program.mjs");
            case CELERY, RQ -> List.of(script, "program.py");
            case SIDEKIQ -> List.of(script);
        };
    }

    /** @param home has the scripts */
    List<String> command(Path home, QueueLibrary library, String store) {
        // Ruby comes with its library, the others are the machine's.
        var own = library.folder().resolve(interpreter);
        return List.of(
                Files.isExecutable(own) ? own.toString() : interpreter,
                home.resolve(script).toString(),
                library.folder().toString(),
                store);
    }
}
