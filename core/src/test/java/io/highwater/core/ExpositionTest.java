// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Specimens.COMMITS;
import static io.highwater.core.Specimens.SIZE;
import static io.highwater.core.Specimens.aged;
import static io.highwater.core.Specimens.collected;
import static io.highwater.core.Specimens.failed;
import static io.highwater.core.Specimens.slot;
import static io.highwater.core.Specimens.storeOf;
import static io.highwater.core.Specimens.value;
import static io.highwater.core.TextFormat.OPENMETRICS;
import static io.highwater.core.TextFormat.PROMETHEUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {

    private static final byte[] EMPTY = {};
    private static final Exposition.Addition NOTHING = (_, _) -> EMPTY;
    private static final Schedule BRIEF =
            new Schedule(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(300), 9);

    private final Slot one = slot("db-1", "sizes");
    private final Slot two = slot("db-2", "sizes");
    private final SnapshotStore store = storeOf(two, one);
    private final Exposition exposition = new Exposition(store, NOTHING);

    private static Exposition.Page page(Exposition of) {
        return of.render(PROMETHEUS, Set.of(), false);
    }

    private String text() {
        return page(exposition).toString();
    }

    private void publishBoth() {
        for (var slot : List.of(two, one)) {
            store.publish(slot, collected(slot, samples -> {
                samples.add(SIZE, 10, "shop");
                samples.add(COMMITS, 7);
            }));
        }
    }

    @Test
    void beforeTheFirstCollectionThePageIsEmpty() {
        assertThat(text()).isEmpty();
    }

    @Test
    void familiesAreGroupedOverTargetsAndSortedEachWithOneHeader() {
        publishBoth();

        assertThat(text()).isEqualTo("""
                # HELP db_commits_total Commits.
                # TYPE db_commits_total counter
                db_commits_total{cluster="orders",node="db-1"} 7
                db_commits_total{cluster="orders",node="db-2"} 7
                # HELP db_size_bytes How large.
                # TYPE db_size_bytes gauge
                db_size_bytes{cluster="orders",node="db-1",datname="shop"} 10
                db_size_bytes{cluster="orders",node="db-2",datname="shop"} 10
                # HELP db_up Whether it answers.
                # TYPE db_up gauge
                db_up{cluster="orders",node="db-1"} 1
                db_up{cluster="orders",node="db-2"} 1
                """);
    }

    @Test
    void aPageHasTheLengthOfItsParts() {
        publishBoth();
        var page = page(exposition);

        assertThat(page.length()).isEqualTo(page.toString().getBytes(UTF_8).length);
    }

    @Test
    void whileNothingChangesThePartsAreTheSame() {
        publishBoth();
        var before = page(exposition).parts();
        var after = page(exposition).parts();

        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isSameAs(before.get(i));
        }
    }

    @Test
    void aFamilyThatDidNotChangeIsNotCompressedAgain() {
        store.publish(one, collected(one, samples -> samples.add(SIZE, 10, "shop")));
        store.publish(two, collected(two, samples -> samples.add(COMMITS, 7)));
        var before = zipped(PROMETHEUS).parts();
        store.publish(two, collected(two, samples -> samples.add(COMMITS, 8)));
        var after = zipped(PROMETHEUS).parts();

        // Header, commits, size, up, addition, trailer: what changed is the commits and the check sums.
        assertThat(before.get(1)).isNotSameAs(after.get(1));
        assertThat(before.get(2)).isSameAs(after.get(2));
        assertThat(before.get(3)).isSameAs(after.get(3));
    }

    @Test
    void aCollectionReplacesAllThatTheOneBeforeSaid() {
        publishBoth();
        store.publish(one, collected(one, samples -> samples.add(SIZE, 11, "stock")));

        assertThat(text())
                .contains("db_size_bytes{cluster=\"orders\",node=\"db-1\",datname=\"stock\"} 11\n")
                .doesNotContain("node=\"db-1\",datname=\"shop\"")
                .doesNotContain("db_commits_total{cluster=\"orders\",node=\"db-1\"}")
                .contains("db_commits_total{cluster=\"orders\",node=\"db-2\"}");
    }

    @Test
    void aFailureIsDownAtOnceWhileTheLastSamplesStayUntilTheyAreOld() {
        publishBoth();
        store.publish(one, failed(one, Reason.REFUSED));

        assertThat(text())
                .contains("db_up{cluster=\"orders\",node=\"db-1\"} 0\n")
                .contains("db_up{cluster=\"orders\",node=\"db-2\"} 1\n")
                .contains("db_size_bytes{cluster=\"orders\",node=\"db-1\",datname=\"shop\"} 10\n");
    }

    @Test
    void aTargetThatNeverAnsweredIsDownAndHasNothingElse() {
        store.publish(one, failed(one, Reason.TIMEOUT));

        assertThat(text()).isEqualTo("""
                # HELP db_up Whether it answers.
                # TYPE db_up gauge
                db_up{cluster="orders",node="db-1"} 0
                """);
    }

    @ParameterizedTest
    @EnumSource(TextFormat.class)
    void whatIsOlderThanItsMaxAgeVanishesWithoutANewSnapshotAndIsDown(TextFormat format) {
        var slot = slot("db-1", "sizes", BRIEF);
        var brief = storeOf(slot);
        var of = new Exposition(brief, NOTHING);
        brief.publish(slot, collected(slot, samples -> samples.add(SIZE, 10, "shop")));
        assertThat(of.render(format, Set.of(), false).toString())
                .contains("db_size_bytes{")
                .contains("db_up{cluster=\"orders\",node=\"db-1\"} 1\n");

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(
                        () -> assertThat(of.render(format, Set.of(), false).toString())
                                .doesNotContain("db_size_bytes")
                                .contains("db_up{cluster=\"orders\",node=\"db-1\"} 0\n"));
    }

    @Test
    void anOldSnapshotIsNotShownAtAll() {
        store.publish(one, aged(collected(one, samples -> samples.add(COMMITS, 1)), Duration.ofMinutes(3)));

        assertThat(text()).doesNotContain("db_commits_total").contains("node=\"db-1\"} 0");
    }

    @Test
    void theLastSampleIsCountedFromItsEndSoThatASlowSuccessorDoesNotMakeItVanish() {
        var slow = collected(one, samples -> samples.add(COMMITS, 1));
        var tookAMinute = new Snapshot(
                slow.target(),
                slow.collector(),
                slow.at(),
                slow.endedNanos() - Duration.ofMinutes(1).toNanos(),
                slow.endedNanos(),
                slow.outcome(),
                slow.lines(),
                slow.fact(),
                slow.dropped());

        one.put(tookAMinute);

        assertThat(one.up(slow.endedNanos() + Duration.ofSeconds(119).toNanos()))
                .isTrue();
        assertThat(one.up(slow.endedNanos() + Duration.ofSeconds(121).toNanos()))
                .isFalse();
    }

    @Test
    void onlyTheNamedFamiliesAreShown() {
        publishBoth();

        var page = exposition.render(PROMETHEUS, Set.of("db_commits_total", "db_up", "unknown"), false);

        assertThat(page.toString())
                .contains("db_commits_total{")
                .contains("db_up{")
                .doesNotContain("db_size_bytes");
    }

    @Test
    void whatOthersAddComesLastAndKnowsTheFormatAndTheNames() {
        publishBoth();
        var of = new Exposition(store, (format, names) -> (format + " " + names + "\n").getBytes(UTF_8));

        assertThat(of.render(PROMETHEUS, Set.of("db_up"), false).toString()).endsWith("} 1\nPROMETHEUS [db_up]\n");
        assertThat(of.render(OPENMETRICS, Set.of(), false).toString()).endsWith("OPENMETRICS []\n# EOF\n");
    }

    @Test
    void openMetricsNamesCountersWithoutTheirSuffixAndEndsWithItsMark() {
        publishBoth();

        assertThat(exposition
                        .render(OPENMETRICS, Set.of("db_commits_total"), false)
                        .toString())
                .isEqualTo("""
                        # HELP db_commits Commits.
                        # TYPE db_commits counter
                        db_commits_total{cluster="orders",node="db-1"} 7
                        db_commits_total{cluster="orders",node="db-2"} 7
                        # EOF
                        """);
    }

    @Test
    void theZippedPageIsThePlainOne() throws IOException {
        publishBoth();
        var of = new Exposition(store, (_, _) -> "# by others\n".getBytes(UTF_8));

        for (var format : TextFormat.values()) {
            for (var names : List.of(Set.<String>of(), Set.of("db_up"), Set.of("unknown"))) {
                var zipped = of.render(format, names, true);
                assertThat(zipped.gzip()).isTrue();
                assertThat(unzipped(zipped))
                        .isEqualTo(of.render(format, names, false).toString());
            }
        }
    }

    private Exposition.Page zipped(TextFormat format) {
        return exposition.render(format, Set.of(), true);
    }

    private static String unzipped(Exposition.Page page) throws IOException {
        var bytes = new ByteArrayOutputStream();
        page.parts().forEach(bytes::writeBytes);
        assertThat(bytes.size()).isEqualTo((int) page.length());
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void snapshotsAloneAreRenderedInTheSameForm() {
        var snapshots = List.of(
                collected(one, samples -> samples.add(SIZE, 1, "shop")),
                collected(two, samples -> samples.add(SIZE, 2, "shop")),
                failed(slot("db-1", "commits"), Reason.AUTH));

        assertThat(Exposition.render(snapshots, OPENMETRICS, () -> "extra 1\n".getBytes(UTF_8))
                        .toString())
                .isEqualTo("""
                        # HELP db_size_bytes How large.
                        # TYPE db_size_bytes gauge
                        db_size_bytes{cluster="orders",node="db-1",datname="shop"} 1
                        db_size_bytes{cluster="orders",node="db-2",datname="shop"} 2
                        extra 1
                        # EOF
                        """);
    }

    @Test
    void whatIsRemovedFromTheStoreIsGoneFromThePage() {
        publishBoth();
        store.remove(List.of(one));

        assertThat(text()).doesNotContain("db-1").contains("db_up{cluster=\"orders\",node=\"db-2\"} 1\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "text/plain;version=0.0.4, PROMETHEUS",
                "*/*, PROMETHEUS",
                "||, PROMETHEUS",
                "|application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2|, OPENMETRICS",
            })
    void theFormatIsTheOneThatTheReaderAccepts(String header, TextFormat format) {
        assertThat(TextFormat.accepted(header)).isEqualTo(format);
    }

    @Test
    void readersSeeEveryCollectionWholeWhileOthersArePublished() throws Exception {
        var done = new AtomicBoolean();
        publish(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                boolean gzip = i % 2 == 0;
                readers.add(() -> readUntil(done, gzip));
            }
            var reading = readers.stream().map(threads::submit).toList();
            for (int i = 1; i < 5_000; i++) {
                publish(i);
            }
            done.set(true);
            for (var reader : reading) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
            }
        }
        assertThat(text()).contains("} 4999\n").doesNotContain("} 4998\n");
    }

    private void publish(int i) {
        for (var slot : List.of(one, two)) {
            store.publish(slot, collected(slot, samples -> {
                samples.add(COMMITS, i);
                samples.add(SIZE, i, "shop");
            }));
        }
    }

    private int readUntil(AtomicBoolean done, boolean gzip) throws IOException {
        int reads = 0;
        do {
            var page = exposition.render(PROMETHEUS, Set.of(), gzip);
            var text = gzip ? unzipped(page) : page.toString();
            for (var node : List.of("db-1", "db-2")) {
                assertThat(value(text, "db_commits_total{cluster=\"orders\",node=\"" + node))
                        .isPresent()
                        .isEqualTo(value(text, "db_size_bytes{cluster=\"orders\",node=\"" + node));
            }
            reads++;
        } while (!done.get());
        return reads;
    }
}
