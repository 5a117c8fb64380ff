// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server of the lab as a process: started in a folder of its own, ended in every way, and started again. */
final class LabProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;

    private final String name;
    private final ServerFolder folder;
    private @Nullable ServerProcess process;

    LabProcess(String name, Account account) {
        this.name = name;
        this.folder = ServerFolder.create(name, account);
        LastResort.add(this);
    }

    /** What it runs in, with its files and its log. */
    ServerFolder folder() {
        return folder;
    }

    /** Starts it and does not wait; what it prints is appended to the log. */
    void launch(List<String> command) {
        launch(command, Map.of());
    }

    /** @param environment over our own */
    void launch(List<String> command, Map<String, String> environment) {
        process = ServerProcess.start(folder.account(), command, environment, folder.home(), folder.log());
    }

    /** Returns when a server that was launched is ready; fails when it ends instead. */
    void awaitStart(String toBeReady, BooleanSupplier ready) {
        Await.until(name + " " + toBeReady, START_LIMIT, () -> !isRunning() || ready.getAsBoolean(), this::logTail);
        if (!isRunning()) {
            throw new LabException(name + " ended while starting:\n" + logTail());
        }
    }

    /** An orderly end by that signal, which a paused one hears too. Does nothing when it does not run. */
    void stop(String signal) {
        if (isRunning()) {
            resume();
            running().signal(signal);
            if (!running().awaitExit(STOP_LIMIT)) {
                throw new LabException(name + " did not stop in " + STOP_LIMIT.toSeconds() + " s:\n" + logTail());
            }
        }
    }

    /** Its ports are free when this returns. */
    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    void pause() {
        running().pause();
    }

    void resume() {
        running().resume();
    }

    void signal(String signal) {
        running().signal(signal);
    }

    /** The processes that it started itself and that still run. */
    Set<Long> children() {
        return running().children();
    }

    boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** Of the newest start; 0 when it was never started. */
    long pid() {
        return process == null ? 0 : process.pid();
    }

    String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new LabException(name + " does not run:\n" + logTail());
        }
        return process;
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        kill();
        folder.delete();
        LastResort.remove(this);
    }
}
