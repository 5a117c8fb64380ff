// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Account;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The settings under which tests watch servers of the lab. */
final class WatchedMinio {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private WatchedMinio() {}

    static Watched of(MinioCluster cluster) {
        return of(cluster.urls());
    }

    static Watched of(Map<String, String> nodes) {
        return watch(settings(nodes, Optional.of(MinioCluster.ROOT), MinioSettings.Metrics.AUTO));
    }

    static Watched watch(MinioSettings settings) {
        return Watched.by(new MinioExporter(), "files", settings, INTERVAL, Duration.ofSeconds(3));
    }

    static MinioSettings settings(Map<String, String> nodes, Optional<S3Account> as, MinioSettings.Metrics metrics) {
        return new MinioSettings(
                nodes,
                as.map(S3Account::accessKey),
                as.map(account -> secret(account.secretKey())),
                Optional.empty(),
                metrics,
                Optional.empty());
    }

    static MinioSettings withToken(Map<String, String> nodes, String token, Optional<ClientTls> tls) {
        return new MinioSettings(
                nodes, Optional.empty(), Optional.empty(), Optional.of(secret(token)), MinioSettings.Metrics.AUTO, tls);
    }

    static Secret secret(String text) {
        return new Secret("a test", () -> text);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
