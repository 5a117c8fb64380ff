// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * MinIO servers that keep one set of data: four nodes with two drives each, or what is planned.
 *
 * <p>Of eight drives writes need five and reads four; of four they need three and two. Not thread-safe: one test or
 * drill drives it.
 */
public final class MinioCluster implements AutoCloseable {

    /** Who may do everything; a lab's secret. */
    public static final S3Account ROOT = new S3Account("highwater", "highwater-lab-secret");

    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final List<MinioServer> nodes;
    private final @Nullable LabTls tls;
    private final Map<MinioServer, S3Client> clients = new ConcurrentHashMap<>();

    MinioCluster(MinioPlan plan) {
        this.tls = plan.tls() ? LabTls.create() : null;
        this.nodes = IntStream.rangeClosed(1, plan.nodes())
                .mapToObj(number -> new MinioServer("minio-" + number, plan.drives(), tls == null ? "http" : "https"))
                .toList();
        nodes.forEach(node -> node.configure(endpoints(), plan.megabytes(), settings(plan), files()));
    }

    /** Four nodes with two drives each; say what else before {@link MinioPlan#start()}. */
    public static MinioPlan plan() {
        return new MinioPlan(4, 2, false, 0, Map.of());
    }

    /** One node with four drives. */
    public static MinioPlan alone() {
        return plan().nodes(1, 4);
    }

    /** Of one node alone they have no addresses: that is what tells MinIO that there are no others. */
    private List<String> endpoints() {
        return nodes.stream()
                .flatMap(node -> node.drives().stream().map(drive -> (nodes.size() == 1 ? "" : node.url()) + drive))
                .toList();
    }

    private static Map<String, String> settings(MinioPlan plan) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("MINIO_ROOT_USER", ROOT.accessKey());
        settings.put("MINIO_ROOT_PASSWORD", ROOT.secretKey());
        settings.put("MINIO_BROWSER", "off");
        settings.put("MINIO_UPDATE", "off");
        settings.putAll(plan.settings());
        return settings;
    }

    private Map<String, String> files() {
        if (tls == null) {
            return Map.of();
        }
        var made = tls.files();
        return Map.of(
                "public.crt", made.getOrDefault(LabTls.SERVER, ""),
                "private.key", made.getOrDefault(LabTls.SERVER_KEY, ""),
                "CAs/ca.crt", made.getOrDefault(LabTls.AUTHORITY, ""));
    }

    void startAll() {
        nodes.forEach(MinioServer::launch);
        awaitWritable();
    }

    /** Starts those that do not run, and returns when all take writes. */
    public void start() {
        nodes.forEach(MinioServer::start);
        awaitWritable();
    }

    /** Returns when every node that runs says that writes and reads are possible. */
    public void awaitWritable() {
        Await.until("MinIO to take writes", READY_LIMIT, () -> nodes.stream().allMatch(this::isOut), this::logTails);
    }

    private boolean isOut(MinioServer node) {
        return !node.isRunning() || (isHealthy(node, "cluster") && isHealthy(node, "cluster/read"));
    }

    private boolean isHealthy(MinioServer node, String what) {
        return client(node).status("/minio/health/" + what) == 200;
    }

    /** Takes so many drives away, from the last node on, that writes stop and reads go on. */
    public void makeReadOnly() {
        int all = nodes.stream().mapToInt(node -> node.drives().size()).sum();
        for (int i = all; i > all / 2; i--) {
            node(i - 1, all).loseDrive(drive(i - 1, all));
        }
    }

    /** Gives all drives back that were taken away. */
    public void giveBackDrives() {
        for (var node : nodes) {
            for (int i = 1; i <= node.drives().size(); i++) {
                if (!node.hasDrive(i)) {
                    node.giveBackDrive(i);
                }
            }
        }
    }

    private MinioServer node(int drive, int all) {
        return nodes.get(drive / (all / nodes.size()));
    }

    private int drive(int drive, int all) {
        return drive % (all / nodes.size()) + 1;
    }

    public List<MinioServer> nodes() {
        return nodes;
    }

    /** By its number from 1. */
    public MinioServer node(int number) {
        return nodes.get(number - 1);
    }

    /** Names and addresses, as configurations have them. */
    public Map<String, String> urls() {
        return nodes.stream()
                .collect(Collectors.toMap(MinioServer::name, MinioServer::url, (one, _) -> one, LinkedHashMap::new));
    }

    /** To one node, as {@link #ROOT}; it is closed with the cluster. */
    public S3Client client(MinioServer node) {
        return clients.computeIfAbsent(node, of -> S3Client.of(of.url(), ROOT, tls));
    }

    public S3Client client(MinioServer node, S3Account account) {
        return client(node).as(account);
    }

    /** To the first node, as {@link #ROOT}. */
    public S3Client client() {
        return client(nodes.getFirst());
    }

    /** The certificates of a cluster that was planned with TLS. */
    public LabTls tls() {
        if (tls == null) {
            throw new LabException("this cluster was planned without TLS");
        }
        return tls;
    }

    private String logTails() {
        return nodes.stream().map(node -> node.name() + ":\n" + node.logTail()).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
        nodes.forEach(MinioServer::close);
        if (tls != null) {
            tls.close();
        }
    }

    @Override
    public String toString() {
        return nodes.stream().map(MinioServer::toString).collect(Collectors.joining(", "));
    }
}
