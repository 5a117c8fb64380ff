// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One real Versity S3 gateway on a free loopback port, which stays the same over restarts; its objects are files in a
 * folder. Another S3 server than MinIO: other words for errors, less of the interface.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class VersityServer implements AutoCloseable {

    /** Who may do everything; a lab's secret. */
    public static final S3Account ROOT = new S3Account("highwater", "highwater-lab-secret");

    private final LabProcess process = new LabProcess("versitygw", Account.running(program()));
    private final VersityPlan plan;
    private final int port = FreePort.next();
    private final S3Client client = S3Client.of("http://127.0.0.1:" + port, ROOT);

    VersityServer(VersityPlan plan) {
        this.plan = plan;
    }

    public static VersityPlan plan() {
        return new VersityPlan(false, 0);
    }

    /** Whether this machine lets a server have a small disk: it needs namespaces of users. */
    public static boolean canHaveDisk() {
        return SmallDisk.isPossible();
    }

    private static Path program() {
        return Tools.program("versitygw");
    }

    /** Starts it and returns when it answers; does nothing when it already runs. */
    public VersityServer start() {
        if (!process.isRunning()) {
            process.launch(command(), Map.of("ROOT_ACCESS_KEY", ROOT.accessKey(), "ROOT_SECRET_KEY", ROOT.secretKey()));
            process.awaitStart("to answer", () -> client().status("/") != 0);
        }
        return this;
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.addAll(List.of(program().toString(), "--port", "127.0.0.1:" + port, "--keep-alive", "--quiet"));
        command.addAll(List.of("--iam-dir", directory("accounts"), "posix", "--sidecar", directory("attributes")));
        if (plan.versions()) {
            command.addAll(List.of("--versioning-dir", directory("versions")));
        }
        var data = process.folder().directory("data");
        command.add(data.toString());
        return plan.megabytes() > 0 ? SmallDisk.mounting(plan.megabytes(), List.of(data), command) : command;
    }

    private String directory(String name) {
        return process.folder().directory(name).toString();
    }

    /** A crash: SIGKILL. */
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

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** As {@link #ROOT}; it is closed with the server. */
    public S3Client client() {
        return client;
    }

    /** A new account that may look at a bucket and read its objects, and no more. */
    public S3Account reader(String bucket) {
        var reader = new S3Account("reader", "reader-lab-secret");
        var account = "<Account><Access>" + reader.accessKey() + "</Access><Secret>" + reader.secretKey()
                + "</Secret><Role>user</Role></Account>";
        var policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["reader"]},
                 "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
                """.formatted(bucket);
        succeeds(client().send("PATCH", "/create-user", "", account.getBytes(UTF_8)));
        succeeds(client().send("PUT", "/" + bucket, "policy=", policy.getBytes(UTF_8)));
        return reader;
    }

    private static void succeeds(S3Client.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new LabException("the gateway answered " + answer.status() + " " + answer.text());
        }
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        client.close();
        process.close();
    }

    @Override
    public String toString() {
        return "Versity gateway on port " + port;
    }
}
