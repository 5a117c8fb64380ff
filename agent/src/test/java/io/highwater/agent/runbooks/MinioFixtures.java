// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import java.util.List;
import java.util.Map;

/** A cluster of four servers that loses one and then most of them, and a server that loses drives. */
final class MinioFixtures implements Fixtures {

    static final String SECRET = MinioCluster.ROOT.secretKey();

    private final MinioCluster four = MinioCluster.plan().start();
    private final MinioCluster alone = MinioCluster.alone().start();
    private final MinioServer first = four.nodes().getFirst();
    private final MinioServer last = four.nodes().getLast();

    @Override
    public String clusters() {
        return """
                  archive:
                    minio: { nodes: { %s }, accessKey: %s, secretKeyEnv: MINIO_SECRET }
                  pictures:
                    minio: { nodes: { %s }, accessKey: %s, secretKeyEnv: MINIO_SECRET }
                """.formatted(nodes(four), MinioCluster.ROOT.accessKey(), nodes(alone), MinioCluster.ROOT.accessKey());
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
                new Fixture(
                        "minio-read-only",
                        alone::makeReadOnly,
                        () -> of("pictures", alone.nodes().getFirst())),
                new Fixture("minio-node-down", last::kill, () -> of("archive", last)),
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
