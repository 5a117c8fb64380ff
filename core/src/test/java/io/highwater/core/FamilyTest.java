// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Db_size", "db-size", "1db", "_db", "db size", "db:size", "größe"})
    void aNameIsLowerCaseLettersDigitsAndUnderscores(String name) {
        assertRefused(name, () -> Family.gauge(name, "Help."));
        assertRefused("db_size", () -> Family.gauge("db_size", "Help.").by(name));
    }

    @Test
    void onlyACounterIsATotal() {
        assertRefused("db_size_total", () -> Family.gauge("db_size_total", "Help."));
        assertRefused("db_commits", () -> Family.counter("db_commits", "Help."));
    }

    @Test
    void onlyAnInfoIsAnInfo() {
        assertRefused("db_info", () -> Family.gauge("db_info", "Help."));
        assertRefused("db_version", () -> Family.info("db_version", "Help."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db_wait_total", "db_wait_info", "db_wait_count", "db_wait_sum", "db_wait_bucket"})
    void aHistogramsNameDoesNotEndAsALineOfOneOrAsAnotherKind(String name) {
        assertRefused(name, () -> Family.histogram(name, "Help.", 1));
    }

    @Test
    void aHistogramHasBoundsThatAscendAndAreNumbers() {
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help."));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", 1, 1));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", 2, 1));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", -1, 1));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", -0.0));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", 1, Double.NaN));
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", 1, Double.POSITIVE_INFINITY));
    }

    @Test
    void nothingElseHasBounds() {
        assertRefused("db_size", () -> new Family("db_size", GAUGE, "Help.", "", List.of(), false, List.of(1.0)));
    }

    @Test
    void theLabelOfTheBucketsIsNoOnesElse() {
        assertRefused("db_wait", () -> Family.histogram("db_wait", "Help.", 1).by("le"));
    }

    @Test
    void aHistogramKeepsItsBoundsAndHasThreeSortsOfLines() {
        var family = Family.histogram("db_wait_seconds", "Help.", 0, 0.5, 2)
                .from("it")
                .by("queue");

        assertThat(family.bounds()).containsExactly(0.0, 0.5, 2.0);
        assertThat(family.seriesNames())
                .containsExactly("db_wait_seconds_bucket", "db_wait_seconds_sum", "db_wait_seconds_count");
        assertThat(family.unit()).isEqualTo("seconds");
        assertThat(Family.gauge("db_size", "Help.").seriesNames()).containsExactly("db_size");
    }

    @Test
    void helpIsASentence() {
        assertRefused("db_size", () -> Family.gauge("db_size", "the size"));
    }

    @Test
    void labelsDifferAndDoNotRepeatTheTargets() {
        assertRefused("db_size", () -> Family.gauge("db_size", "Help.").by("datname", "datname"));
        assertRefused("db_size", () -> Family.gauge("db_size", "Help.").by("cluster"));
    }

    private static void assertRefused(String name, ThrowingCallable family) {
        assertThatThrownBy(family)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("family " + name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "db_size_bytes, bytes",
        "db_lag_seconds, seconds",
        "db_hit_ratio, ratio",
        "db_keys, ''",
        "bytes, ''",
        "db_bytes_read, ''"
    })
    void theUnitIsTheEndOfTheName(String name, String unit) {
        assertThat(Family.gauge(name, "Help.").unit()).isEqualTo(unit);
    }

    @Test
    void theUnitOfACounterStandsBeforeTotal() {
        assertThat(Family.counter("db_written_bytes_total", "Help.").unit()).isEqualTo("bytes");
    }

    @Test
    void aCompatibleCounterMayLackTotalAndIsUnknownToOpenMetrics() {
        var family = Family.compatible("pg_stat_database_xact_commit", COUNTER, "Commits.");

        assertThat(header(TextFormat.PROMETHEUS, family)).endsWith("# TYPE pg_stat_database_xact_commit counter\n");
        assertThat(header(TextFormat.OPENMETRICS, family)).endsWith("# TYPE pg_stat_database_xact_commit unknown\n");
    }

    @Test
    void aCompatibleGaugeThatCallsItselfATotalKeepsItsName() {
        var family = Family.compatible("nats_connections_total", GAUGE, "Connections.");

        assertThat(header(TextFormat.OPENMETRICS, family))
                .isEqualTo("# HELP nats_connections_total Connections.\n# TYPE nats_connections_total gauge\n");
    }

    @Test
    void helpIsEscapedAsEachFormatWants() {
        var family = Family.gauge("db_size", "A \"size\" \\ of\nlines.");

        assertThat(header(TextFormat.PROMETHEUS, family))
                .startsWith("# HELP db_size A \"size\" \\\\ of\\nlines.\n# TYPE");
        assertThat(header(TextFormat.OPENMETRICS, family))
                .startsWith("# HELP db_size A \\\"size\\\" \\\\ of\\nlines.\n# TYPE");
    }

    private static String header(TextFormat format, Family family) {
        return new String(format.header(family), UTF_8);
    }
}
