// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import java.util.List;

/** Four MinIO servers with two drives each. */
final class MinioStack implements Stack {

    private final MinioCluster servers = MinioCluster.plan().start();

    MinioCluster servers() {
        return servers;
    }

    /** From the last one on. */
    void kill(int count) {
        var nodes = servers.nodes();
        nodes.subList(nodes.size() - count, nodes.size()).forEach(MinioServer::kill);
    }

    void startAll() {
        servers.start();
        servers.awaitWritable();
    }

    @Override
    public List<String> components() {
        var nodes = servers.urls().entrySet().stream()
                .map(node -> node.getKey() + ": \"" + node.getValue() + '"')
                .collect(joining(", "));
        return List.of("minio: { nodes: { " + nodes + " }, accessKey: " + MinioCluster.ROOT.accessKey()
                + ", secretKeyEnv: DRILL_MINIO }");
    }

    @Override
    public void close() {
        servers.close();
    }
}
