// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.Specimens.CREATED;
import static io.highwater.exporters.jetstream.Specimens.NOW;
import static io.highwater.exporters.jetstream.Specimens.stream;
import static io.highwater.exporters.jetstream.Specimens.withUpstreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.highwater.core.Outcome;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits in a consumer and its rates, by the numbers of its leader. */
class BacklogViewTest {

    /** A consumer's numbers at a second, as of a consumer that wants all and tries again unless it is said. */
    private record Seen(
            int second, long delivered, long deliveries, long pending, long ackPending, Instant created, int saidAt) {
        static Seen at(int second, long delivered, long pending, long ackPending) {
            return new Seen(second, delivered, delivered, pending, ackPending, CREATED, second);
        }

        Seen afterDeliveries(long count) {
            return new Seen(second, delivered, count, pending, ackPending, created, saidAt);
        }

        Seen madeAt(Instant time) {
            return new Seen(second, delivered, deliveries, pending, ackPending, time, saidAt);
        }

        /** Which arrives later than it was said. */
        Seen arrivingAt(int later) {
            return new Seen(later, delivered, deliveries, pending, ackPending, created, saidAt);
        }
    }

    private final AssetView assets = new AssetView(new Servers(List.of()), false);
    private final BacklogView view = new BacklogView(assets);
    private String ackPolicy = "explicit";
    private long maxDeliver = -1;
    private List<String> filters = List.of();
    private boolean lastOfSubjects;

    private ConsumerState consumer(Seen seen) {
        return new ConsumerState(
                "APP",
                "ORDERS",
                "worker",
                true,
                ackPolicy,
                0,
                maxDeliver,
                filters,
                lastOfSubjects,
                seen.delivered,
                seen.deliveries,
                Optional.empty(),
                0,
                Optional.empty(),
                seen.pending,
                seen.ackPending,
                0,
                0,
                false,
                OptionalDouble.of(7),
                RaftGroup.alone("nats-1"),
                Optional.of(seen.created),
                Optional.of(NOW.plusSeconds(seen.saidAt)),
                seen.second * 1_000_000_000L);
    }

    private static Snapshot snapshot(long nanos, ConsumerState... consumers) {
        var fact = new AssetsSeen(
                "api",
                "",
                "APP",
                List.of(stream(1000, nanos)),
                List.of(consumers),
                List.of(),
                Set.of(),
                Map.of(),
                false,
                Map.of(),
                Map.of(),
                nanos);
        return new Snapshot(
                new Target("bus", "jetstream", "api", Map.of()),
                JetStreamExporter.STREAMS,
                Instant.now(),
                nanos,
                nanos,
                new Outcome.Collected(List.of()),
                List.of(),
                Optional.of(fact),
                Map.of());
    }

    /** What is exposed in the end, by the part of the name that differs. */
    private Map<String, String> shown(Seen... seen) {
        var last = "";
        for (var one : seen) {
            last = derived(List.of(snapshot(one.second * 1_000_000_000L, consumer(one))));
        }
        return values(last);
    }

    private String derived(List<Snapshot> snapshots) {
        var target = new Target("bus", "jetstream", "", Map.of());
        assets.derive(snapshots, 0, Samples.of(target));
        var out = Samples.of(target);
        view.derive(snapshots, 0, out);
        return out.toString();
    }

    private static Map<String, String> values(String lines) {
        return lines.lines()
                .collect(Collectors.toMap(
                        line -> line.substring("ha_backlog_".length(), line.indexOf('{')),
                        line -> line.substring(line.lastIndexOf(' ') + 1)));
    }

    @Test
    void itsItemsAreWhatWasNotDeliveredAndWhatWasNotAcknowledged() {
        assertThat(derived(List.of(snapshot(0, consumer(Seen.at(0, 100, 50, 10))))))
                .isEqualTo(Stream.of("items", "oldest_age_seconds")
                        .map(name ->
                                "ha_backlog_" + name + "{cluster=\"bus\",component=\"jetstream\",unit=\"consumer\","
                                        + "name=\"APP/ORDERS/worker\"} " + (name.equals("items") ? 60 : 7) + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void ofOneThatWantsAllTheStreamsSequencesTell() {
        assertThat(shown(Seen.at(0, 100, 50, 10), Seen.at(10, 140, 40, 20).afterDeliveries(900)))
                .contains(
                        entry("items", "60"),
                        entry("arrival_rate", "3"),
                        entry("completion_rate", "3"),
                        entry("drain_seconds", "+Inf"),
                        entry("wait_seconds", "20"));
    }

    @Test
    void whatIsTriedAgainIsNotDoneTwice() {
        assertThat(shown(Seen.at(0, 100, 50, 10), Seen.at(10, 100, 50, 10).afterDeliveries(900)))
                .contains(entry("completion_rate", "0"), entry("wait_seconds", "+Inf"));
    }

    @ParameterizedTest
    @CsvSource({"none, -1", "explicit, 1"})
    void ofOneThatIsGivenNothingTwiceTheDeliveriesTellWhateverItWants(String policy, long tries) {
        ackPolicy = policy;
        maxDeliver = tries;
        filters = List.of("ORDERS.some");

        assertThat(shown(
                        Seen.at(0, 1000, 50, 0).afterDeliveries(100),
                        Seen.at(10, 9000, 40, 0).afterDeliveries(130)))
                .contains(entry("arrival_rate", "2"), entry("completion_rate", "3"), entry("drain_seconds", "40"));
    }

    @Test
    void ofOneThatWantsSomeAndTriesAgainNoCountIsSound() {
        filters = List.of("ORDERS.some");

        assertThat(shown(Seen.at(0, 1000, 50, 0), Seen.at(10, 9000, 40, 0)))
                .containsOnly(entry("items", "40"), entry("oldest_age_seconds", "7"), entry("drain_seconds", "40"));
    }

    @Test
    void ofOneThatIsGivenTheLastOfEachSubjectNoCountIsSound() {
        lastOfSubjects = true;

        assertThat(shown(Seen.at(0, 1000, 50, 0), Seen.at(10, 9000, 40, 0)))
                .containsOnlyKeys("items", "oldest_age_seconds", "drain_seconds");
    }

    @Test
    void oneThatFiltersWhatIsAllThereWantsAll() {
        var stream = stream(1000, 0);
        filters = List.of("ORDERS.>", "OTHERS.>");
        var consumer = consumer(Seen.at(0, 0, 0, 0));

        assertThat(consumer.wantsAll()).isFalse();
        assertThat(consumer.in(stream).wantsAll()).isTrue();
        assertThat(consumer.in(withUpstreams(stream, new StreamState.Upstream("ALL", false, 0)))
                        .wantsAll())
                .isFalse();
        filters = List.of("ORDERS.some");
        assertThat(consumer(Seen.at(0, 0, 0, 0)).in(stream).wantsAll()).isFalse();
        filters = List.of(">");
        assertThat(consumer(Seen.at(0, 0, 0, 0)).wantsAll()).isTrue();
        lastOfSubjects = true;
        assertThat(consumer(Seen.at(0, 0, 0, 0)).in(stream).wantsAll()).isFalse();
    }

    @Test
    void oneThatWasMadeAnewBeginsAnewThoughItsCountsAreHigher() {
        var again = CREATED.plusSeconds(5);

        assertThat(shown(Seen.at(0, 0, 1000, 0), Seen.at(10, 1000, 20, 0).madeAt(again)))
                .containsOnlyKeys("items", "oldest_age_seconds");
        assertThat(shown(Seen.at(20, 1010, 20, 0).madeAt(again))).contains(entry("completion_rate", "1"));
    }

    @Test
    void oneThatIsCountedInAnotherWayFromNowOnBeginsAnew() {
        shown(Seen.at(0, 100, 50, 0).afterDeliveries(5000));
        maxDeliver = 1;

        assertThat(shown(Seen.at(10, 110, 50, 0).afterDeliveries(5010)))
                .containsOnlyKeys("items", "oldest_age_seconds");
    }

    @Test
    void oneThatWantsOtherSubjectsFromNowOnBeginsAnew() {
        maxDeliver = 1;
        filters = List.of("ORDERS.some");
        shown(Seen.at(0, 100, 50, 0));
        filters = List.of("ORDERS.some", "ORDERS.more");

        assertThat(shown(Seen.at(10, 110, 5000, 0))).containsOnlyKeys("items", "oldest_age_seconds");
    }

    @Test
    void whatWasSaidEarlierAndArrivesLaterChangesNothing() {
        var known = shown(Seen.at(0, 100, 50, 0), Seen.at(10, 130, 40, 0));

        assertThat(shown(Seen.at(9, 127, 41, 0).arrivingAt(11))).isEqualTo(known);
        assertThat(shown(Seen.at(20, 160, 30, 0))).contains(entry("completion_rate", "3"));
    }

    @Test
    void aConsumerThatIsGoneHasNone() {
        assertThat(shown(Seen.at(0, 100, 50, 0))).isNotEmpty();
        assertThat(derived(List.of(snapshot(2)))).isEmpty();
    }

    @Test
    void whileNobodyAnswersThereIsNothingAndTheCountsBridgeTheTime() {
        shown(Seen.at(0, 100, 50, 0));
        assertThat(derived(List.of())).isEmpty();

        assertThat(shown(Seen.at(100, 200, 50, 0))).contains(entry("arrival_rate", "1"), entry("completion_rate", "1"));
    }

    @Test
    void withoutANewWordItIsAsItWas() {
        var snapshots = List.of(snapshot(0, consumer(Seen.at(0, 100, 50, 0))));

        assertThat(derived(snapshots)).isNotEmpty();
        assertThat(derived(snapshots)).isEmpty();
    }
}
