// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import java.util.List;
import java.util.Map;

/** A MinIO with four drives, and an object that the agent stores, reads and deletes there. */
final class StoreBackend implements Backend {

    private static final String BUCKET = "probe";
    private static final String ACCESS = "store-access-key";
    static final String SECRET = "store-secret-key";

    private final MinioCluster servers;

    private StoreBackend(MinioCluster servers) {
        this.servers = servers;
    }

    /** Returns when it takes writes; throws {@link LabException}, and then nothing is left running. */
    static StoreBackend start() {
        var servers = MinioCluster.alone().start();
        try {
            servers.client().createBucket(BUCKET);
            return new StoreBackend(servers);
        } catch (LabException e) {
            servers.close();
            throw e;
        }
    }

    @Override
    public String component() {
        return "s3";
    }

    @Override
    public String title() {
        return "MinIO as an S3 store";
    }

    @Override
    public List<String> settings() {
        var server = server();
        return List.of(
                "endpoints: { " + server.name() + ": \"" + server.url() + "\" }",
                "bucket: " + BUCKET,
                "accessKeyFile: " + ACCESS,
                "secretKeyFile: " + SECRET,
                "collectors: { probe: { interval: 1s } }");
    }

    MinioServer server() {
        return servers.nodes().getFirst();
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(ACCESS, MinioCluster.ROOT.accessKey(), SECRET, MinioCluster.ROOT.secretKey());
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        return StoreSight.of(now, server().name());
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case VANISH -> {
                servers.makeReadOnly();
                yield "drives are taken away until nothing can be written";
            }
            case ADD -> {
                servers.giveBackDrives();
                yield "all drives are there again";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        servers.close();
    }
}
