// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One real Versity S3 gateway on a free loopback port, which stays the same over restarts; its objects are files in a
 * folder. Another S3 server than MinIO: other words for errors, less of the interface.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class VersityServer implements AutoCloseable {

    /** Who may do everything; a lab's secret. */
    public static final S3Account ROOT = new S3Account("highwater", "highwater-lab-secret");

    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;

    /** A mount that nobody else sees, and that ends with the server. */
    private static final List<String> OWN_MOUNTS = List.of("unshare", "--user", "--map-root-user", "--mount");

    private final ServerFolder folder = ServerFolder.create("versitygw", Account.running(program()));
    private final VersityPlan plan;
    private final int port = FreePort.next();
    private @Nullable ServerProcess process;

    VersityServer(VersityPlan plan) {
        this.plan = plan;
        LastResort.add(this);
    }

    public static VersityPlan plan() {
        return new VersityPlan(false, 0);
    }

    /** Whether this machine lets a server have a small disk: it needs namespaces of users. */
    public static boolean canHaveDisk() {
        var probe = new ArrayList<>(OWN_MOUNTS);
        probe.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/tmp"));
        return Account.current().works(probe.toArray(String[]::new));
    }

    private static Path program() {
        return Tools.program("versitygw");
    }

    /** Starts it and returns when it answers; does nothing when it already runs. */
    public VersityServer start() {
        if (process == null || !process.isRunning()) {
            var environment = Map.of("ROOT_ACCESS_KEY", ROOT.accessKey(), "ROOT_SECRET_KEY", ROOT.secretKey());
            process = ServerProcess.start(folder.account(), command(), environment, folder.home(), folder.log());
            Await.until("the gateway to answer", READY_LIMIT, this::answers, this::logTail);
        }
        return this;
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        if (plan.megabytes() > 0) {
            var mount =
                    "mount -t tmpfs -o size=" + plan.megabytes() + "m tmpfs " + directory("data") + " && exec \"$@\"";
            command.addAll(OWN_MOUNTS);
            command.addAll(List.of("sh", "-c", mount, "sh"));
        }
        command.addAll(List.of(program().toString(), "--port", "127.0.0.1:" + port, "--keep-alive", "--quiet"));
        command.addAll(List.of("--iam-dir", directory("accounts"), "posix", "--sidecar", directory("attributes")));
        if (plan.versions()) {
            command.addAll(List.of("--versioning-dir", directory("versions")));
        }
        command.add(directory("data"));
        return command;
    }

    private String directory(String name) {
        return folder.directory(name).toString();
    }

    private boolean answers() {
        if (process == null || !process.isRunning()) {
            throw new LabException("the gateway has ended:\n" + logTail());
        }
        return client().status("/") != 0;
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

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new LabException("the gateway does not run:\n" + logTail());
        }
        return process;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** As {@link #ROOT}. */
    public S3Client client() {
        return S3Client.of(url(), ROOT);
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

    private String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        kill();
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "Versity gateway on port " + port;
    }
}
