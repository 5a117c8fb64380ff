// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.Specimens.group;
import static io.highwater.exporters.jetstream.Specimens.heard;
import static io.highwater.exporters.jetstream.Specimens.offline;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom to believe; the servers n1 to n3 are monitored as a to c. */
class ServersTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long FAILED = 100 * SECOND;

    private final Servers servers = new Servers(List.of("a", "b", "c"));

    @BeforeEach
    void allAnswered() {
        servers.see(List.of(answers("a", "n1"), answers("b", "n2"), answers("c", "n3")));
    }

    private static Snapshot answers(String node, String server) {
        var state = new ServerState(node, server, true, null, 0, OptionalDouble.of(node.equals("b") ? 10 : 120));
        return snapshot(node, new Outcome.Collected(List.of()), Optional.of(state));
    }

    private static Snapshot fails(String node) {
        return snapshot(node, new Outcome.Failed(Reason.TIMEOUT, "no answer"), Optional.empty());
    }

    private static Snapshot snapshot(String node, Outcome outcome, Optional<Record> fact) {
        var target = new Target("bus", "jetstream", node, Map.of());
        return new Snapshot(
                target,
                JetStreamExporter.HEALTH,
                Instant.now(),
                FAILED,
                FAILED + 2 * SECOND,
                outcome,
                List.of(),
                fact,
                Map.of());
    }

    @Test
    void aLeaderThatHearsAQuorumIsBelieved() {
        assertThat(servers.holds(group("n1", heard("n2", 0.5), heard("n3", 30)), FAILED))
                .isTrue();
        assertThat(servers.holds(group("n1", heard("n2", 4.1), heard("n3", 30)), FAILED))
                .isFalse();
        assertThat(servers.holds(group("n1", offline("n2"), offline("n3")), FAILED))
                .isFalse();
        assertThat(servers.holds(group("n1"), FAILED)).as("alone").isTrue();
        assertThat(servers.holds(RaftGroup.UNKNOWN, FAILED)).isFalse();
    }

    @Test
    void whatWasSaidBeforeThePortStoppedToAnswerDoesNotHold() {
        var group = group("n1", heard("n2", 0.5), heard("n3", 0.5));
        servers.see(List.of(fails("a"), answers("b", "n2"), answers("c", "n3")));
        assertThat(servers.holds(group, FAILED - SECOND)).isFalse();
        assertThat(servers.holds(group, FAILED + SECOND)).as("heard of since").isTrue();
    }

    @Test
    void aPeerWhosePortStoppedToAnswerIsNotThereUntilTheLeaderHearsItAgain() {
        var group = group("n1", heard("n2", 0.5), heard("n3", 0.5));
        servers.see(List.of(answers("a", "n1"), fails("b"), fails("c")));
        assertThat(servers.present(group, FAILED)).isEqualTo(1);
        assertThat(servers.holds(group, FAILED)).isFalse();
        assertThat(servers.present(group, FAILED + SECOND)).isEqualTo(3);
    }

    @Test
    void aPortThatGoesOnFailingDoesNotMakeWhatWasHeardSinceOld() {
        servers.see(List.of(answers("a", "n1"), fails("b"), answers("c", "n3")));
        var before = servers.state();
        servers.see(List.of(answers("a", "n1"), fails("b"), answers("c", "n3")));
        assertThat(servers.state()).isEqualTo(before);
    }

    @Test
    void whoIsThereMayNotBeUpToDate() {
        var behind = new RaftGroup.Peer("n2", false, false, 0.5, 17);
        var group = group("n1", behind, heard("n3", 0.5));
        assertThat(servers.present(group, FAILED)).isEqualTo(3);
        assertThat(servers.current(group, FAILED)).isEqualTo(2);
    }

    @Test
    void aServerThatIsNotMonitoredIsBelievedByItsLeader() {
        assertThat(servers.holds(group("n9", heard("n8", 0.5), offline("n3")), 0))
                .isTrue();
        assertThat(servers.followsStranger(group("n9", heard("n9", 0.5), offline("n3"))))
                .isTrue();
        assertThat(servers.followsStranger(group("n9", heard("n9", 5), heard("n3", 0.5))))
                .isFalse();
        assertThat(servers.followsStranger(group("n2", heard("n2", 0.5)))).isFalse();
        assertThat(servers.followsStranger(RaftGroup.UNKNOWN)).isFalse();
    }

    @Test
    void theLongestSyncIntervalOfThoseThatAnswerCounts() {
        assertThat(servers.syncSeconds()).hasValue(120);
        servers.see(List.of(fails("a"), answers("b", "n2"), fails("c")));
        assertThat(servers.syncSeconds()).hasValue(10);
        servers.see(List.of(fails("a"), fails("b"), fails("c")));
        assertThat(servers.syncSeconds()).isEmpty();
    }
}
