// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-version") // it has none, but it takes most of a minute; the exporter's tests need the same of the lab
class MinioClusterTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] CONTENT = "hello".getBytes(UTF_8);

    @Test
    void aServerWithoutHalfOfItsDrivesReadsAndDoesNotWriteUntilItHasThemAgain() {
        try (var minio = MinioCluster.alone().start()) {
            var client = minio.client();
            client.createBucket("lab");
            assertThat(client.put("lab", "a", CONTENT)).isEqualTo(200);

            minio.node(1).loseDrive(1);
            await().atMost(LIMIT).until(() -> client.put("lab", "b", CONTENT) == 200);
            minio.node(1).giveBackDrive(1);

            minio.makeReadOnly();
            await().atMost(LIMIT).until(() -> client.put("lab", "c", CONTENT) == 503);
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(client.get("lab", "a").text()).isEqualTo("hello"));

            minio.giveBackDrives();
            await().atMost(LIMIT).until(() -> client.put("lab", "d", CONTENT) == 200);

            minio.node(1).loseDrive(4);
            minio.node(1).replaceDrive(4);
            await().atMost(LIMIT)
                    .until(() -> minio.node(1)
                            .drives()
                            .get(3)
                            .resolve("lab")
                            .toFile()
                            .exists());
        }
    }

    @Test
    void aServerRefusesAWrongKeyAndAWrongClock() {
        try (var minio = MinioCluster.alone().start()) {
            var client = minio.client();
            client.createBucket("lab");

            assertThat(client.as(MinioCluster.ROOT.withWrongSecret())
                            .get("lab", "a")
                            .text())
                    .contains("SignatureDoesNotMatch");
            assertThat(client.skewed(Duration.ofMinutes(-20)).get("lab", "a").text())
                    .contains("RequestTimeTooSkewed");
            assertThat(client.delete("lab", "a")).isEqualTo(204);
        }
    }

    @Test
    void aClusterWithTlsOutlivesOneNodeAndNotTwo() {
        try (var minio = MinioCluster.plan().withTls().start()) {
            var client = minio.client();
            client.createBucket("lab");

            minio.node(3).kill();
            await().atMost(LIMIT).until(() -> client.put("lab", "a", CONTENT) == 200);
            minio.node(4).kill();
            await().atMost(LIMIT).until(() -> client.status("/minio/health/cluster") == 503);
            assertThat(client.status("/minio/health/live")).isEqualTo(200);

            minio.start();
            await().atMost(LIMIT).until(() -> client.put("lab", "b", CONTENT) == 200);
            int port = minio.node(4).port();
            minio.node(4).pause();
            assertThat(minio.client(minio.node(4)).status("/minio/health/live")).isZero();
            minio.node(4).resume();
            minio.node(4).restart();
            minio.awaitWritable();
            assertThat(minio.node(4).port()).isEqualTo(port);
        }
    }
}
