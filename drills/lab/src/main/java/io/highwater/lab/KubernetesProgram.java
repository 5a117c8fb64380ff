// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One program of a {@link ControlPlane}, which can be taken away from it and given back. Not thread-safe. */
public final class KubernetesProgram {

    private static final int TAIL_LINES = 30;

    private final String name;
    private final ServerFolder folder;
    private final List<String> command;
    private @Nullable ServerProcess process;

    KubernetesProgram(String name, ServerFolder folder, List<String> command) {
        this.name = name;
        this.folder = folder;
        this.command = List.copyOf(command);
    }

    /** Returns at once; does nothing when it already runs. */
    public void start() {
        if (!isRunning()) {
            process = ServerProcess.start(folder.account(), command, folder.home(), log());
        }
    }

    /** A crash: SIGKILL. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** A hang: SIGSTOP. Connections stay, nobody answers. */
    public void pause() {
        running().pause();
    }

    public void resume() {
        running().resume();
    }

    public boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** Whether it was started and runs no longer. */
    boolean hasEnded() {
        return process != null && !process.isRunning();
    }

    public long pid() {
        return running().pid();
    }

    private ServerProcess running() {
        if (process == null) {
            throw new LabException(name + " has not been started");
        }
        return process;
    }

    /** All that it printed since its first start. */
    public Path log() {
        return folder.home().resolve(name + ".log");
    }

    public String logTail() {
        return name + ":\n" + ServerProcess.tail(log(), TAIL_LINES);
    }

    @Override
    public String toString() {
        return name;
    }
}
