// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.Specimens.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of several sources one word, and none again while there is nothing new. */
class AssetViewTest {

    private final Servers servers = new Servers(List.of("nats-1", "nats-2", "nats-3"));
    private final AssetView view = new AssetView(servers, false);

    /** What a source sees: the stream up to that sequence. */
    private static Snapshot seen(String node, String server, long last, long readNanos) {
        var fact = new AssetsSeen(
                node,
                server,
                server.isEmpty() ? "APP" : "",
                List.of(stream(last, readNanos)),
                List.of(),
                List.of(),
                Set.of(),
                Map.of(),
                false,
                Map.of(),
                Map.of(),
                readNanos);
        return new Snapshot(
                new Target("bus", "jetstream", node, Map.of()),
                server.isEmpty() ? JetStreamExporter.STREAMS : JetStreamExporter.JSZ,
                Instant.now(),
                readNanos,
                readNanos,
                new Outcome.Collected(List.of()),
                List.of(),
                Optional.of(fact),
                Map.of());
    }

    /** Nothing when all is as before. */
    private String derived(Snapshot... snapshots) {
        var out = Samples.of(new Target("bus", "jetstream", "", Map.of()));
        view.derive(List.of(snapshots), 100, out);
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("nats_stream_last_seq"))
                .reduce("", String::concat);
    }

    @Test
    void whatTheApiShowsIsDerivedAnewWithItsNextWord() {
        var api = seen("api", "", 10, 1);
        assertThat(derived(api, seen("nats-1", "nats-1", 11, 2))).endsWith("} 11");
        assertThat(derived(api, seen("nats-1", "nats-1", 12, 3))).isEmpty();
        assertThat(derived(seen("api", "", 13, 4), seen("nats-1", "nats-1", 12, 3)))
                .endsWith("} 13");
    }

    @Test
    void withoutTheApiEachServersWordCounts() {
        var first = seen("nats-1", "nats-1", 11, 2);
        assertThat(derived(first)).endsWith("} 11");
        assertThat(derived(first)).isEmpty();
        assertThat(derived(seen("nats-1", "nats-1", 12, 3))).endsWith("} 12");
    }

    @Test
    void whenTheApiFallsSilentTheServersSpeak() {
        var server = seen("nats-1", "nats-1", 12, 3);
        assertThat(derived(seen("api", "", 10, 1), server)).endsWith("} 12");
        assertThat(derived(server)).endsWith("} 12");
    }

    @Test
    void aFollowersWordIsNoNumber() {
        assertThat(derived(seen("nats-2", "nats-2", 99, 5))).isEmpty();
    }
}
