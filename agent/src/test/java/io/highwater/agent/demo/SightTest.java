// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** From a page of metrics to what the terminal shows. */
class SightTest {

    private static final List<String> NODES = List.of("pg-1", "pg-2");
    private static final Readings HEALTHY = Readings.of("""
            # HELP pg_up Whether the server answers.
            # TYPE pg_up gauge
            pg_up{cluster="demo",node="pg-1"} 1
            pg_up{cluster="demo",node="pg-2"} 1
            ha_role_info{cluster="demo",component="postgres",node="pg-1",role="primary"} 1
            ha_role_info{cluster="demo",component="postgres",node="pg-2",role="replica"} 1
            pg_connections_used{cluster="demo",node="pg-1"} 6
            pg_wal_position_bytes{cluster="demo",node="pg-1",position="written"} 1000
            pg_wal_position_bytes{cluster="demo",node="pg-2",position="replayed"} 500
            pg_replication_lag_seconds{cluster="demo",node="pg-2"} 2.5
            ha_primary_count{cluster="demo",component="postgres"} 1
            ha_rpo_seconds{cluster="demo",component="postgres"} 2.5
            ha_rpo_bytes{cluster="demo",component="postgres"} 12345
            """);

    @Test
    void plainLinesAreForScripts() {
        var before = Readings.of("pg_wal_position_bytes{node=\"pg-1\"} 800");

        assertThat(plain(Sight.of(HEALTHY, before, 2, NODES)))
                .contains("  up=2/2 primaries=1 lag=2.5s rpo=2.5s rpo_bytes=12345 connections=6 wal=100B/s");
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        assertThat(plain(Sight.of(Readings.NONE, Readings.NONE, 1, NODES)))
                .contains("  up=0/2 primaries=- lag=- rpo=- rpo_bytes=- connections=- wal=-/s");
    }

    @Test
    void aDeadPrimaryTellsWhatIsLost() {
        var dead =
                Readings.of("ha_failover_loss_seconds{cluster=\"demo\"} 4\nha_failover_loss_bytes{cluster=\"demo\"} 7");

        assertThat(plain(Sight.of(dead, HEALTHY, 1, NODES))).contains("rpo=4.0s rpo_bytes=7");
    }

    @Test
    void thePictureIsDrawnOverItself() {
        var bytes = new ByteArrayOutputStream();
        var screen =
                new LiveScreen(new PrintStream(bytes, true, UTF_8), new Ink(false), new Sparkline(60, Sparkline.ASCII));
        var sight = Sight.of(HEALTHY, Readings.NONE, 1, NODES);

        screen.show(sight);
        screen.tell("pg-2 is cut off");
        var frames = bytes.toString(UTF_8).split("\033\\[\\?7h", -1);

        assertThat(frames[0])
                .contains("pg-1    primary   up")
                .contains("pg-2    replica   up")
                .contains("2.5 s");
        long lines = frames[0].lines().count();
        assertThat(frames[1]).startsWith("\033[?7l\033[" + lines + "A").contains("pg-2 is cut off");
        assertThat(frames[1].lines()).hasSize((int) lines);
    }

    @Test
    void sparksShowTheShapeOfTheLastValues() {
        var sparks = new Sparkline(4, "0123");
        for (double value : new double[] {9, 0, 1, 2, 3}) {
            sparks.add(OptionalDouble.of(value));
        }
        assertThat(sparks.text()).isEqualTo("0123");
    }

    private static String plain(Sight sight) {
        var bytes = new ByteArrayOutputStream();
        new PlainScreen(new PrintStream(bytes, true, UTF_8)).show(sight);
        return bytes.toString(UTF_8);
    }
}
