// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One real MinIO server on a free loopback port, which stays the same over restarts, with folders for drives. A drive is
 * lost as when its controller dies: what was on it is not there, and is again when it is given back.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class MinioServer implements AutoCloseable {

    private final String name;
    private final LabProcess process;
    private final String scheme;
    private final int port = FreePort.next();
    private final List<Path> drives;
    private List<String> command = List.of();
    private Map<String, String> environment = Map.of();

    MinioServer(String name, int drives, String scheme) {
        this.name = name;
        this.scheme = scheme;
        this.process = new LabProcess(name, Account.running(program()));
        this.drives = IntStream.rangeClosed(1, drives)
                .mapToObj(number -> process.folder().directory("drive-" + number))
                .toList();
    }

    /** Whether this machine lets its drives be small disks: it needs namespaces of users. */
    public static boolean canHaveDisks() {
        return SmallDisk.isPossible();
    }

    private static Path program() {
        return Tools.program("minio");
    }

    /**
     * @param megabytes how large each drive is; 0 for the machine's own disk
     * @param tls what the server shows, by file name; empty without TLS
     */
    void configure(List<String> endpoints, int megabytes, Map<String, String> settings, Map<String, String> tls) {
        var folder = process.folder();
        folder.directory("certs/CAs");
        tls.forEach((file, content) -> folder.write("certs/" + file, content));
        var server = new ArrayList<>(List.of(program().toString(), "server", "--quiet"));
        server.addAll(List.of("--address", "127.0.0.1:" + port));
        server.addAll(List.of("--certs-dir", folder.home().resolve("certs").toString()));
        server.addAll(endpoints);
        command = megabytes > 0 ? SmallDisk.mounting(megabytes, drives, server) : server;
        environment = new LinkedHashMap<>();
        environment.put("HOME", folder.home().toString());
        environment.put("MINIO_CI_CD", "1"); // or it refuses drives that are folders of the root disk
        environment.put(
                "_MINIO_SERVER_LOCAL", "127.0.0.1:" + port); // in a container it would find no endpoint of its own
        environment.putAll(settings);
    }

    void launch() {
        process.launch(command, environment);
    }

    /** Starts it; {@link MinioCluster#awaitWritable} says when it is of use. Does nothing when it already runs. */
    public MinioServer start() {
        if (!isRunning()) {
            launch();
        }
        return this;
    }

    /** An orderly shutdown; does nothing when it does not run. */
    public void stop() {
        process.stop("TERM");
    }

    public void restart() {
        stop();
        start();
    }

    /** A crash: SIGKILL. Its port is free when this returns. */
    public void kill() {
        process.kill();
    }

    /** A hang: SIGSTOP. Connections stay, nobody answers. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Takes a drive away, by its number from 1. */
    public void loseDrive(int number) {
        var drive = drive(number);
        try {
            Files.move(drive, away(drive));
            // A server that found nothing there would make it a new drive.
            Files.createFile(drive);
        } catch (IOException e) {
            throw new LabException("cannot take drive " + drive + " away", e);
        }
    }

    /** With what was on it. */
    public void giveBackDrive(int number) {
        var drive = drive(number);
        try {
            Files.delete(drive);
            Files.move(away(drive), drive);
        } catch (IOException e) {
            throw new LabException("cannot give drive " + drive + " back", e);
        }
    }

    /** An empty one in place of a lost one, which the server then fills. */
    public void replaceDrive(int number) {
        var drive = drive(number);
        try {
            Files.delete(drive);
            FileTree.delete(away(drive));
        } catch (IOException e) {
            throw new LabException("cannot replace drive " + drive, e);
        }
        process.folder().directory(drive.getFileName().toString());
    }

    public boolean hasDrive(int number) {
        return Files.isDirectory(drive(number));
    }

    /** Folders, the first being number 1. */
    public List<Path> drives() {
        return drives;
    }

    private Path drive(int number) {
        return drives.get(number - 1);
    }

    private static Path away(Path drive) {
        return drive.resolveSibling(drive.getFileName() + ".away");
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port} or {@code https://}. */
    public String url() {
        return scheme + "://127.0.0.1:" + port;
    }

    /** Of the newest start; 0 when it was never started. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    public String logTail() {
        return process.logTail();
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "MinIO " + name + " on port " + port;
    }
}
