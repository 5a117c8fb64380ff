// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the endpoints say together: whether the store serves, how many of them do, and how its buckets are set up. */
final class S3View implements Derivation {

    private final S3Settings settings;
    private final Availability availability = new Availability(S3Exporter.COMPONENT);

    S3View(S3Settings settings) {
        this.settings = settings;
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var serving = Facts.of(snapshots, EndpointState.class)
                .filter(EndpointState::serves)
                .map(EndpointState::endpoint)
                .collect(Collectors.toSet());
        var probed = snapshots.stream()
                .filter(snapshot -> snapshot.collector().equals(S3Exporter.PULSE))
                .map(snapshot -> snapshot.target().node())
                .collect(Collectors.toSet());
        var entry = settings.entry().map(Set::of).orElse(settings.endpoints().keySet());
        boolean serves = entry.stream().anyMatch(serving::contains);
        // An endpoint that was not tried yet is not one that fails.
        if (serves || probed.containsAll(entry)) {
            availability.note(serves, nowNanos, out);
        }
        if (!probed.isEmpty()) {
            addMembers(serving, serves, out);
        }
        addBuckets(snapshots, out);
    }

    /** What is behind a load balancer that alone is configured is not known. */
    private void addMembers(Set<String> serving, boolean serves, Samples out) {
        var servers = settings.servers();
        if (servers.isEmpty()) {
            return;
        }
        long online = servers.stream().filter(serving::contains).count();
        out.add(Ha.MEMBERS, servers.size(), S3Exporter.COMPONENT, "configured");
        out.add(Ha.MEMBERS, (double) online, S3Exporter.COMPONENT, "online");
        // The entry may reach servers that we do not.
        long usable = serves ? Math.max(1, online) : online;
        out.add(Ha.QUORUM_MARGIN, (double) (usable - 1), S3Exporter.COMPONENT, "endpoint", "");
    }

    /** As the endpoint tells them that was asked last. */
    private void addBuckets(List<Snapshot> snapshots, Samples out) {
        snapshots.stream()
                .filter(snapshot -> snapshot.fact().orElse(null) instanceof BucketsSeen)
                .max(Comparator.comparingLong(Snapshot::endedNanos))
                .ifPresent(newest -> Facts.of(List.of(newest), BucketsSeen.class)
                        .forEach(seen -> {
                            seen.buckets().forEach(bucket -> addBucket(bucket, out));
                            seen.missing()
                                    .forEach(bucket -> addFinding(BucketFindings.BUCKET_MISSING, true, bucket, out));
                        }));
    }

    private static void addFinding(String check, boolean found, String bucket, Samples out) {
        out.add(Ha.CONFIG_FINDING, found, S3Exporter.COMPONENT, check, bucket);
    }

    private void addBucket(BucketSetup setup, Samples out) {
        var bucket = setup.bucket();
        setup.versioning().ifPresent(on -> out.add(S3Families.VERSIONING, on, bucket));
        setup.replicationRules().ifPresent(rules -> out.add(S3Families.REPLICATION_RULES, rules, bucket));
        setup.objectLock().ifPresent(on -> out.add(S3Families.OBJECT_LOCK, on, bucket));
        setup.retention().ifPresent(time -> out.add(S3Families.RETENTION, (double) time.toSeconds(), bucket));
        setup.lifecycleRules().ifPresent(rules -> out.add(S3Families.LIFECYCLE_RULES, rules, bucket));
        setup.encryption().ifPresent(on -> out.add(S3Families.ENCRYPTION, on, bucket));
        var plan = settings.buckets().get(bucket);
        if (plan != null) {
            BucketFindings.of(plan, setup).forEach((check, found) -> addFinding(check, found, bucket, out));
        }
    }
}
