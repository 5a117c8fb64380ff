// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Outcome;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Account;
import io.highwater.lab.S3Client;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The exporter at work on stores of the lab. */
final class Stores {

    static final String BUCKET = "probe";

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LATEST = Duration.ofSeconds(2);

    private Stores() {}

    /** A probe that writes, as MinIO's root. */
    static Plan probing(Map<String, String> endpoints) {
        return new Plan(
                endpoints,
                Optional.empty(),
                BUCKET,
                MinioCluster.ROOT,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    static Plan probing(String url) {
        return probing(Map.of("s3", url));
    }

    /** Settings, of which tests say what matters to them. */
    record Plan(
            Map<String, String> endpoints,
            Optional<String> entry,
            String bucket,
            S3Account account,
            boolean readOnly,
            Optional<String> object,
            Optional<Duration> slow,
            Map<String, BucketPlan> buckets,
            Optional<ClientTls> tls) {

        Plan through(String name) {
            return new Plan(endpoints, Optional.of(name), bucket, account, readOnly, object, slow, buckets, tls);
        }

        Plan into(String name) {
            return new Plan(endpoints, entry, name, account, readOnly, object, slow, buckets, tls);
        }

        Plan as(S3Account other) {
            return new Plan(endpoints, entry, bucket, other, readOnly, object, slow, buckets, tls);
        }

        Plan reading(String name) {
            return new Plan(endpoints, entry, bucket, account, true, Optional.of(name), slow, buckets, tls);
        }

        Plan readOnlyWithoutObject() {
            return new Plan(endpoints, entry, bucket, account, true, Optional.empty(), slow, buckets, tls);
        }

        Plan slow(Duration from) {
            return new Plan(endpoints, entry, bucket, account, readOnly, object, Optional.of(from), buckets, tls);
        }

        Plan with(Map<String, BucketPlan> plans) {
            return new Plan(endpoints, entry, bucket, account, readOnly, object, slow, plans, tls);
        }

        Plan tls(ClientTls by) {
            return new Plan(endpoints, entry, bucket, account, readOnly, object, slow, buckets, Optional.of(by));
        }

        S3Settings settings() {
            return new S3Settings(
                    endpoints,
                    entry,
                    bucket,
                    "us-east-1",
                    new Secret("a test", account::accessKey),
                    new Secret("a test", account::secretKey),
                    S3Settings.Addressing.PATH,
                    "highwater-probe/",
                    1024,
                    readOnly,
                    object,
                    slow,
                    buckets,
                    tls);
        }

        Watched watch() {
            return watch(new S3Exporter());
        }

        Watched watch(S3Exporter exporter) {
            return Watched.by(exporter, "store", settings(), INTERVAL, LATEST);
        }
    }

    /** Whether the newest probe failed for that reason, at that step. */
    static boolean fails(Watched watched, FailureReason reason, String step) {
        return message(watched).startsWith(reason.label() + ": ")
                && watched.is(0, "s3_up")
                && watched.is(0, "s3_probe_step_success", "step", step)
                && watched.value("s3_probe_failures_total", "reason", reason.label())
                                .orElse(0)
                        > 0;
    }

    /** Why the newest probe failed, for people; empty when it did not. */
    static String message(Watched watched) {
        return watched.outcome("s3", S3Exporter.PULSE)
                .map(outcome -> outcome instanceof Outcome.Failed failed ? failed.message() : "")
                .orElse("");
    }

    /** Writes smaller and smaller objects until not one goes in; returns how many, of names {@code pieces/0} and on. */
    static int fill(S3Client client) {
        int pieces = 0;
        for (int size = 4 * 1024 * 1024; size >= 256; size /= 4) {
            while (client.put(BUCKET, "pieces/" + pieces, new byte[size]) == 200) {
                pieces++;
            }
        }
        return pieces;
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
