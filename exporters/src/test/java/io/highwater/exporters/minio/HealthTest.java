// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.exporters.minio.Health.Verdict;
import io.highwater.lab.HostileHttp;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** As MinIO answers before it has seen its drives. */
    @Test
    void whoHasNotCountedDoesNotSayNo() throws CollectionException {
        try (var starting = HostileHttp.answering(503, "");
                var link = new HttpLink(Optional.empty())) {
            var health = new Health(HttpUrl.get("http://127.0.0.1:" + starting.port()));
            assertThat(health.writable(link.visit(LIMIT), LIMIT)).isEqualTo(Verdict.UNKNOWN);
            assertThat(health.readable(link.visit(LIMIT), LIMIT)).isEqualTo(Verdict.UNKNOWN);
        }
    }
}
