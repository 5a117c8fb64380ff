// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final PostgresCluster cluster = PostgresCluster.of(18).start();
    private final PostgresServer primary = cluster.primary();
    private final PostgresServer standby = cluster.standby();
    private final Writer writer = Writer.start(primary, "payments", 100);

    @AfterEach
    void close() {
        writer.close();
        cluster.close();
    }

    @Test
    void keepsThePaceAndHoldsStillWhenPaused() {
        var started = Instant.now();
        await().atMost(LIMIT).until(() -> writer.acknowledged().size() > 50);
        assertThat(Duration.between(started, Instant.now())).isGreaterThan(Duration.ofMillis(400));

        writer.pause();
        var written = writer.acknowledged().size();
        cluster.awaitReplayed(standby);

        assertThat(primary.value("SELECT count(*) FROM payments")).isEqualTo(Integer.toString(written));
        assertThat(writer.missingOn(standby)).isEmpty();
        assertThat(writer.exposure(standby)).isEmpty();

        writer.resume();
        await().atMost(LIMIT).until(() -> writer.acknowledged().size() > written);
    }

    @Test
    void knowsWhatAFailoverLoses() {
        await().atMost(LIMIT).until(() -> writer.acknowledged().size() > 10);
        cluster.freeze(standby);
        var frozen = Instant.now();
        await().atMost(LIMIT).until(() -> writer.missingOn(standby).size() > 50);

        assertThat(writer.exposure(standby).orElseThrow())
                .isBetween(Duration.ofMillis(400), Duration.between(frozen.minusSeconds(1), Instant.now()));

        primary.kill();
        await().atMost(LIMIT).until(() -> writer.failures() > 0);
        cluster.promote(standby);
        writer.target(standby);
        var lost = writer.missingOn(standby);
        var lastLost = lost.getLast();
        await().atMost(LIMIT).until(() -> writer.acknowledged().getLast().id() > lastLost.id());

        assertThat(lost).hasSizeGreaterThan(50);
        assertThat(writer.missingOn(standby)).isEqualTo(lost);
    }
}
