// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import java.util.List;
import java.util.Map;

/** A cluster of four servers that loses one and then most of them, and a server that loses drives; the first is asked as an S3 store, too. */
final class MinioFixtures implements Fixtures {

    /** Of the agent's environment. */
    static final Map<String, String> SECRETS =
            Map.of("MINIO_USER", MinioCluster.ROOT.accessKey(), "MINIO_SECRET", MinioCluster.ROOT.secretKey());

    private static final String BUCKET = "probe";

    private final MinioCluster four = MinioCluster.plan().start();
    private final MinioCluster alone = MinioCluster.alone().start();
    private final MinioServer first = four.nodes().getFirst();
    private final MinioServer last = four.nodes().getLast();

    MinioFixtures() {
        four.client().createBucket(BUCKET);
    }

    @Override
    public String clusters() {
        return """
                  archive:
                    minio: { nodes: { %1$s }, accessKey: %3$s, secretKeyEnv: MINIO_SECRET }
                    s3: { endpoints: { %1$s }, bucket: %4$s, accessKeyEnv: MINIO_USER, secretKeyEnv: MINIO_SECRET }
                  pictures:
                    minio: { nodes: { %2$s }, accessKey: %3$s, secretKeyEnv: MINIO_SECRET }
                """.formatted(nodes(four), nodes(alone), MinioCluster.ROOT.accessKey(), BUCKET);
    }

    private static String nodes(MinioCluster cluster) {
        return cluster.urls().entrySet().stream()
                .map(node -> node.getKey() + ": \"" + node.getValue() + '"')
                .collect(joining(", "));
    }

    @Override
    public List<Fixture> all() {
        return List.of(
                Fixture.of("minio", () -> of("archive", first)),
                Fixture.of("s3", () -> of("archive", first)),
                new Fixture(
                        "minio-read-only",
                        alone::makeReadOnly,
                        () -> of("pictures", alone.nodes().getFirst())),
                new Fixture("minio-node-down", last::kill, () -> of("archive", last)),
                Fixture.of("s3-down", () -> of("archive", last)),
                new Fixture("minio-unreadable", this::killMost, () -> of("archive", first)));
    }

    private void killMost() {
        four.nodes().stream().skip(1).forEach(MinioServer::kill);
    }

    private static Map<String, String> of(String cluster, MinioServer server) {
        return Map.of("CLUSTER", cluster, "NODE", server.name(), "MINIO", server.url());
    }

    @Override
    public void close() {
        four.close();
        alone.close();
    }
}
