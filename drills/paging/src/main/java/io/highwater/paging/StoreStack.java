// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import java.util.List;

/** One S3 server, of which nothing is known but what its clients get. */
final class StoreStack implements Stack {

    private static final String BUCKET = "probe";

    private final MinioCluster servers = MinioCluster.alone().start();

    StoreStack() {
        servers.client().createBucket(BUCKET);
    }

    MinioServer server() {
        return servers.nodes().getFirst();
    }

    void restart() {
        servers.start();
        servers.awaitWritable();
    }

    @Override
    public List<String> components() {
        return List.of(
                "s3:",
                "  endpoints: { " + server().name() + ": \"" + server().url() + "\" }",
                "  bucket: " + BUCKET,
                "  accessKeyEnv: DRILL_MINIO_USER",
                "  secretKeyEnv: DRILL_MINIO",
                "  collectors: { probe: { interval: 1s, timeout: 2s } }");
    }

    @Override
    public void close() {
        servers.close();
    }
}
