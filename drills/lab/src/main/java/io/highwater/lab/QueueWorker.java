// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker of a queue, in the process of a {@link QueueProgram}. Ends with it, or by {@link #close}. */
public final class QueueWorker implements AutoCloseable {

    private final QueueProgram program;
    private final String id;

    QueueWorker(QueueProgram program, String id) {
        this.program = program;
        this.id = id;
    }

    /** This one alone takes no more; returns when it has done what it took. */
    public void pause() {
        call("pause");
    }

    public void resume() {
        call("resume");
    }

    /** The result of a method of the library's worker, see {@link JobQueue#call}. */
    public @Nullable Object call(String method, Object... arguments) {
        return program.ask("worker", Map.of("worker", id, "method", method, "args", List.of(arguments)));
    }

    /** An orderly end: returns when it has done what it took. */
    @Override
    public void close() {
        call("close");
    }
}
