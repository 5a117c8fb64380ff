// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

    private static final Target TARGET = new Target("orders", "postgres", "pg-1", Map.of());
    private static final Family SIZE =
            Family.gauge("db_size_bytes", "How large.").by("datname");
    private static final Family COMMITS = Family.counter("db_commits_total", "Commits.");

    private final SeriesPrefixes prefixes = new SeriesPrefixes(TARGET);

    private Samples samples(int maxSeries) {
        return new Samples(TARGET, prefixes, maxSeries);
    }

    private static String text(Samples samples) {
        var text = new StringBuilder();
        samples.freeze().forEach(text::append);
        return text.toString();
    }

    @Test
    void aLineHasTheTargetsLabelsFirstThenTheFamilysThenTheConfigured() {
        var target = new Target("orders", "postgres", "pg-1", Map.of("team", "shop", "area", "eu"));
        var samples = Samples.of(target);
        samples.add(SIZE, 5, "shop");

        assertThat(text(samples))
                .isEqualTo(
                        "db_size_bytes{cluster=\"orders\",node=\"pg-1\",datname=\"shop\",area=\"eu\",team=\"shop\"} 5\n");
    }

    @Test
    void aConfiguredLabelYieldsToTheFamilysOfTheSameName() {
        var samples = Samples.of(new Target("orders", "postgres", "pg-1", Map.of("datname", "configured")));
        samples.add(SIZE, 5, "shop");

        assertThat(text(samples)).isEqualTo("db_size_bytes{cluster=\"orders\",node=\"pg-1\",datname=\"shop\"} 5\n");
    }

    @Test
    void whatIsDerivedOverTheClusterHasNoNodeOfItsOwn() {
        var samples = Samples.of(new Target("orders", "postgres", "", Map.of()));
        samples.add(Ha.ROLE, 1, "postgres", "pg-2", "replica");

        assertThat(text(samples))
                .isEqualTo(
                        "ha_role_info{cluster=\"orders\",component=\"postgres\",node=\"pg-2\",role=\"replica\"} 1\n");
    }

    @Test
    void aNodeLabelOfTheFamilyIsRefusedWhereTheTargetGivesOne() {
        assertThatThrownBy(() -> samples(9).add(Ha.ROLE, 1, "postgres", "pg-2", "replica"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node");
    }

    @Test
    void quotesBackslashesAndNewlinesAreEscaped() {
        var samples = samples(9);
        samples.add(SIZE, 1, "a\"b\\c\nd\te{},=é😀");

        assertThat(text(samples)).contains("datname=\"a\\\"b\\\\c\\nd\te{},=é😀\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-17, -17",
        "1234567890, 1234567890",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991",
        "9007199254740992, 9.007199254740992E15",
        "0.25, 0.25",
        "-1.5e-7, -1.5E-7",
        "1e300, 1.0E300",
        "4.9E-324, 4.9E-324",
        "Infinity, +Inf",
        "-Infinity, -Inf",
    })
    void valuesAreWrittenAsPrometheusReadsThem(double value, String written) {
        var samples = samples(9);
        samples.add(SIZE, value, "shop");

        assertThat(text(samples)).endsWith("} " + written + "\n");
    }

    @Test
    void aConditionIsOneOrZero() {
        var samples = samples(9);
        samples.add(SIZE, true, "yes");
        samples.add(SIZE, false, "no");

        assertThat(text(samples)).contains("\"yes\"} 1\n").contains("\"no\"} 0\n");
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> samples(9).add(SIZE, Double.NaN, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("db_size_bytes");
    }

    @Test
    void aCounterBelowZeroIsRefused() {
        assertThatThrownBy(() -> samples(9).add(COMMITS, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSeriesAddedBeforeIsRefused() {
        var samples = samples(9);
        samples.add(SIZE, 1, "shop");

        assertThatThrownBy(() -> samples.add(SIZE, 1, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aWrongNumberOfLabelsIsRefused() {
        assertThatThrownBy(() -> samples(9).add(SIZE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("datname");
        assertThatThrownBy(() -> samples(9).add(SIZE, 1, "shop", "more")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheBudgetOfAFamilyDoesNotAllowIsDroppedAndCounted() {
        var samples = samples(2);
        for (int i = 0; i < 5; i++) {
            samples.add(SIZE, i, "db" + i);
        }
        samples.add(COMMITS, 7);
        var snapshot = Snapshot.collected(TARGET, "databases", System.nanoTime(), samples);

        assertThat(snapshot.dropped()).isEqualTo(Map.of(SIZE, 3));
        assertThat(snapshot.series()).isEqualTo(3);
        assertThat(snapshot.lines().getFirst().toString())
                .contains("db0")
                .contains("db1")
                .doesNotContain("db2");
    }

    private static final Family WAIT =
            Family.histogram("db_wait_seconds", "How long.", 0.1, 1).by("queue");

    private static Histogram waits(double... values) {
        var histogram = new Histogram(WAIT);
        for (double value : values) {
            histogram.observe(value);
        }
        return histogram;
    }

    @Test
    void theLinesOfAHistogramStandTogether() {
        var samples = samples(9);
        samples.add(WAIT, waits(0.0625, 0.5, 0.5, 4), "a\nb");
        samples.add(WAIT, waits(), "c");

        assertThat(text(samples)).isEqualTo("""
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="a\\nb",le="0.1"} 1
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="a\\nb",le="1.0"} 3
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="a\\nb",le="+Inf"} 4
                db_wait_seconds_sum{cluster="orders",node="pg-1",queue="a\\nb"} 5.0625
                db_wait_seconds_count{cluster="orders",node="pg-1",queue="a\\nb"} 4
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="c",le="0.1"} 0
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="c",le="1.0"} 0
                db_wait_seconds_bucket{cluster="orders",node="pg-1",queue="c",le="+Inf"} 0
                db_wait_seconds_sum{cluster="orders",node="pg-1",queue="c"} 0
                db_wait_seconds_count{cluster="orders",node="pg-1",queue="c"} 0
                """);
    }

    @Test
    void aHistogramIsOneSeriesToTheBudget() {
        var samples = samples(2);
        for (var queue : List.of("a", "b", "c")) {
            samples.add(WAIT, waits(1), queue);
        }
        var snapshot = Snapshot.collected(TARGET, "queues", System.nanoTime(), samples);

        assertThat(snapshot.series()).isEqualTo(2);
        assertThat(snapshot.dropped()).isEqualTo(Map.of(WAIT, 1));
    }

    @Test
    void aConfiguredLabelYieldsToThatOfTheBuckets() {
        var samples = Samples.of(new Target("orders", "postgres", "", Map.of("le", "5", "team", "shop")));
        samples.add(WAIT, waits(), "a");

        assertThat(text(samples))
                .contains("{cluster=\"orders\",queue=\"a\",team=\"shop\",le=\"1.0\"}")
                .contains("_sum{cluster=\"orders\",queue=\"a\",team=\"shop\"}");
    }

    @Test
    void aHistogramIsNoNumberAndHasTheBoundsOfItsFamily() {
        var other = Family.histogram("db_wait_seconds", "How long.", 0.1, 2).by("queue");

        assertThatThrownBy(() -> samples(9).add(WAIT, 1, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> samples(9).add(SIZE, waits(), "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> samples(9).add(other, waits(), "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bounds");
        assertThatThrownBy(() -> samples(9).add(WAIT, waits())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHistogramKeepsItsPrefixesToo() {
        samples(9).add(WAIT, waits(), "a");
        var first = samples(9);
        first.add(WAIT, waits(1), "a");
        first.freeze();
        var kept = prefixes.prefix(WAIT, List.of("a"));
        var second = samples(9);
        second.add(WAIT, waits(1, 2), "a");

        assertThat(text(second)).contains("le=\"+Inf\"} 2\n");
        assertThat(prefixes.prefix(WAIT, List.of("a"))).isSameAs(kept);
    }

    @Test
    void aSeriesKeepsItsPrefixFromOneCollectionToTheNextAndLosesItWhenItIsGone() {
        var first = collect("shop", "stock");
        var second = collect("shop");
        var third = collect("shop", "stock");

        assertThat(second.get("shop")).isSameAs(first.get("shop"));
        assertThat(third.get("shop")).isSameAs(first.get("shop"));
        assertThat(third.get("stock")).isEqualTo(first.get("stock")).isNotSameAs(first.get("stock"));
    }

    private Map<String, byte[]> collect(String... names) {
        var samples = samples(9);
        for (var name : names) {
            samples.add(SIZE, 1, name);
        }
        samples.freeze();
        var kept = new HashMap<String, byte[]>();
        for (var name : names) {
            kept.put(name, prefixes.prefix(SIZE, List.of(name)));
        }
        return kept;
    }

    @Test
    void aFailedCollectionLeavesThePrefixesAlone() {
        var before = collect("shop").get("shop");
        samples(9).add(SIZE, 1, "other");

        assertThat(prefixes.prefix(SIZE, List.of("shop"))).isSameAs(before);
    }

    @Test
    void aSnapshotDoesNotChangeWithTheSamplesItWasMadeOf() {
        var samples = samples(9);
        samples.add(SIZE, 1, "shop");
        samples.note("no right to read pg_stat_statements");
        var snapshot = Snapshot.collected(TARGET, "databases", System.nanoTime(), samples);
        samples.add(SIZE, 2, "stock");
        samples.note("another");

        assertThat(snapshot.series()).isEqualTo(1);
        assertThat(snapshot.outcome()).isEqualTo(new Outcome.Collected(List.of("no right to read pg_stat_statements")));
    }
}
