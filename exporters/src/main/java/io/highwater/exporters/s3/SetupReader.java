// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the set-up of one bucket, one part after the other. What may not be read is noted and left out. */
final class SetupReader {

    /** What stands for a part that was never set up, where a store refuses to answer then. */
    private static final S3Xml NONE = new S3Xml("", "", List.of());

    private final S3Port port;
    private final HttpLink.Visit visit;
    private final String bucket;
    private final List<String> unreadable = new ArrayList<>();

    SetupReader(S3Port port, HttpLink.Visit visit, String bucket) {
        this.port = port;
        this.visit = visit;
        this.bucket = bucket;
    }

    BucketSetup read(Samples out) throws S3Failure {
        var versioning = part("versioning", "VersioningConfiguration", "");
        var replication = part("replication", "ReplicationConfiguration", "ReplicationConfigurationNotFoundError");
        var lock = part("object-lock", "ObjectLockConfiguration", "ObjectLockConfigurationNotFoundError");
        var lifecycle = part("lifecycle", "LifecycleConfiguration", "NoSuchLifecycleConfiguration");
        var encryption = part(
                "encryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfigurationNotFoundError");
        if (!unreadable.isEmpty()) {
            out.note("of bucket " + bucket + " unknown: " + String.join("; ", unreadable));
        }
        return new BucketSetup(
                bucket,
                versioning.map(found -> found.textOf("Status").equals(Optional.of("Enabled"))),
                rules(replication),
                lock.map(found -> found.textOf("ObjectLockEnabled").equals(Optional.of("Enabled"))),
                lock.map(SetupReader::retention),
                rules(lifecycle),
                lifecycle.map(SetupReader::expiresVersions),
                encryption.map(found -> found.first("Rule").isPresent()));
    }

    /**
     * Reads one part.
     *
     * @param root of the document that tells it
     * @param never the code of a store when that was never set up
     */
    private Optional<S3Xml> part(String part, String root, String never) throws S3Failure {
        try {
            var question = S3Question.setUp(bucket, part);
            return Optional.of(S3Port.document(port.ask(visit, question), question, root));
        } catch (S3Failure e) {
            if (e.hasCode(never)) {
                return Optional.of(NONE);
            }
            if (e.reason() != FailureReason.DENIED && !e.isNotImplemented()) {
                throw e;
            }
            unreadable.add(
                    part + (e.isNotImplemented() ? ", which this store does not have" : ", which we may not read"));
            return Optional.empty();
        }
    }

    private static OptionalInt rules(Optional<S3Xml> part) {
        return part.map(found -> OptionalInt.of(enabled(found).size())).orElse(OptionalInt.empty());
    }

    private static List<S3Xml> enabled(S3Xml configuration) {
        return configuration.all("Rule").stream()
                .filter(rule -> rule.textOf("Status").equals(Optional.of("Enabled")))
                .toList();
    }

    private static boolean expiresVersions(S3Xml lifecycle) {
        return enabled(lifecycle).stream()
                .anyMatch(rule -> rule.first("NoncurrentVersionExpiration").isPresent());
    }

    private static Duration retention(S3Xml lock) {
        return lock.first("Rule")
                .flatMap(rule -> rule.first("DefaultRetention"))
                .map(found -> days(found, "Days", 1).plus(days(found, "Years", 365)))
                .orElse(Duration.ZERO);
    }

    private static Duration days(S3Xml retention, String unit, int days) {
        return retention
                .textOf(unit)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofDays((long) days * Integer.parseInt(text)))
                .orElse(Duration.ZERO);
    }
}
