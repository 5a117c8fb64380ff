// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
