// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** MinIO, one server or many: its health endpoints, which are of now, and its metrics, which may be a minute old. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class MinioExporter implements Exporter<MinioSettings> {

    static final String COMPONENT = "minio";
    static final String PULSE = "health";
    static final String MAINTENANCE = "maintenance";
    static final String METRICS = "metrics";
    static final String USAGE = "usage";

    private static final List<CollectorSpec> COLLECTORS = List.of(
            new CollectorSpec(
                    PULSE,
                    "whether the server is there, and finds enough drives to write and to read",
                    every(2, 3),
                    true,
                    NodeFamilies.OF_HEALTH),
            new CollectorSpec(
                    MAINTENANCE,
                    "whether the server may be taken down now; it logs an error each time that it may not",
                    every(15, 5),
                    true,
                    List.of()),
            new CollectorSpec(
                    METRICS,
                    "drives, erasure sets, capacity, requests, traffic, replication",
                    every(15, 10),
                    true,
                    NodeFamilies.OF_METRICS),
            new CollectorSpec(USAGE, "how much there is in the buckets", every(60, 20), true, List.of()));

    private static Schedule every(int seconds, int timeoutSeconds) {
        return Schedule.of(Duration.ofSeconds(seconds), Duration.ofSeconds(timeoutSeconds));
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<MinioSettings> settings() {
        return MinioSettings.class;
    }

    @Override
    public Family up() {
        return NodeFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return COLLECTORS;
    }

    @Override
    public List<Family> derivedFamilies() {
        return ClusterFamilies.ALL;
    }

    @Override
    public Collection<String> nodes(MinioSettings settings) {
        return settings.nodes().keySet();
    }

    @Override
    public Session open(Target target, MinioSettings settings) {
        return new MinioSession(target, settings);
    }

    @Override
    public Derivation derivation(MinioSettings settings) {
        return new MinioView(settings);
    }
}
