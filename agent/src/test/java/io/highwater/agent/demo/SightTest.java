// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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

    private static final Readings BUS = Readings.of("""
            nats_up{cluster="demo",node="nats-1"} 1
            nats_up{cluster="demo",node="nats-2"} 1
            nats_up{cluster="demo",node="nats-3"} 0
            nats_stream_leader_info{cluster="demo",account="APP",stream_name="ORDERS",server_name="nats-2"} 1
            nats_stream_total_messages{cluster="demo",account="APP",stream_name="ORDERS"} 1200
            nats_stream_replicas_current{cluster="demo",account="APP",stream_name="ORDERS"} 2
            ha_quorum_margin{cluster="demo",component="jetstream",unit="meta"} 1
            ha_quorum_margin{cluster="demo",component="jetstream",unit="stream",name="APP/ORDERS"} 0
            nats_consumer_num_pending{cluster="demo",account="APP",stream_name="ORDERS",consumer_name="billing"} 77
            nats_consumer_oldest_pending_age_seconds{cluster="demo",account="APP",stream_name="ORDERS",consumer_name="billing"} 6.5
            nats_consumer_stuck_seconds{cluster="demo",account="APP",stream_name="ORDERS",consumer_name="billing"} 5.25
            """);

    private static final Readings WORK = Readings.of("""
            bullmq_job_count{cluster="demo",queue="mails",prefix="bull",backend="redis",state="waiting"} 41
            bullmq_job_count{cluster="demo",queue="mails",prefix="bull",backend="redis",state="active"} 4
            bullmq_job_count{cluster="demo",queue="mails",prefix="bull",backend="redis",state="failed"} 0
            bullmq_queue_active_without_lock{cluster="demo",queue="mails",prefix="bull",backend="redis"} 2
            bullmq_queue_workers{cluster="demo",queue="mails",prefix="bull",backend="redis"} 2
            bullmq_job_stalled_total{cluster="demo",queue="mails",prefix="bull",backend="redis"} 6
            outbox_pending_events{cluster="demo",outbox="payments"} 12
            outbox_dead_events{cluster="demo",outbox="payments"} 1
            ha_backlog_oldest_age_seconds{cluster="demo",component="outbox",unit="outbox",name="payments"} 0.5
            ha_backlog_arrival_rate{cluster="demo",component="outbox",unit="outbox",name="payments"} 20
            ha_backlog_completion_rate{cluster="demo",component="outbox",unit="outbox",name="payments"} 25
            ha_backlog_drain_seconds{cluster="demo",component="outbox",unit="outbox",name="payments"} 2.4
            ha_backlog_oldest_age_seconds{cluster="demo",component="bullmq",unit="queue",name="bull:mails"} 3.25
            ha_backlog_arrival_rate{cluster="demo",component="bullmq",unit="queue",name="bull:mails"} 20
            ha_backlog_completion_rate{cluster="demo",component="bullmq",unit="queue",name="bull:mails"} 16
            ha_backlog_drain_seconds{cluster="demo",component="bullmq",unit="queue",name="bull:mails"} +Inf
            """);

    private static final Readings OUTSIDE = Readings.of("""
            s3_up{cluster="demo",node="minio-1"} 1
            s3_probe_step_duration_seconds{cluster="demo",node="minio-1",step="put"} 0.24
            s3_probe_step_duration_seconds{cluster="demo",node="minio-1",step="get"} 0.11
            s3_probe_outage_seconds{cluster="demo",node="minio-1"} 0
            probe_success{cluster="demo",node="checkout"} 0
            probe_duration_seconds{cluster="demo",node="checkout"} 2
            probe_outage_seconds{cluster="demo",node="checkout"} 7.25
            probe_success{cluster="demo",node="documents"} 1
            probe_duration_seconds{cluster="demo",node="documents"} 0.31
            probe_outage_seconds{cluster="demo",node="documents"} 0
            """);

    @Test
    void plainLinesAreForScripts() {
        var before = Readings.of("pg_wal_position_bytes{node=\"pg-1\"} 800");

        assertThat(plain(postgres(HEALTHY, before, 2)))
                .contains(
                        "  postgres up=2/2 primaries=1 lag=2.5s rpo=2.5s rpo_bytes=12345 connections=6 written=100B/s");
        assertThat(plain(bus(BUS)))
                .contains("  jetstream up=2/3 leader=nats-2 margin=0 pending=77 oldest=6.5s stuck=5.3s");
        assertThat(plain(queue(WORK)))
                .contains("  bullmq waiting=41 active=4 unlocked=2 workers=2 stalled=6 failed=0"
                        + " oldest=3.3s arrivals=20.0/s completions=16.0/s drain=+Inf");
        assertThat(plain(outbox(WORK)))
                .contains(
                        "  outbox pending=12 workers=- dead=1 oldest=0.5s arrivals=20.0/s completions=25.0/s drain=2.4s");
        assertThat(plain(store(OUTSIDE))).contains("  s3 works outage=0.0s");
        assertThat(plain(shop(OUTSIDE))).contains("  probe checkout=fails outage=7.3s documents=works outage=0.0s");
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        assertThat(plain(postgres(Readings.NONE, Readings.NONE, 1)))
                .contains("  postgres up=0/2 primaries=- lag=- rpo=- rpo_bytes=- connections=- written=-/s");
        assertThat(plain(bus(Readings.NONE)))
                .contains("  jetstream up=0/3 leader=- margin=- pending=- oldest=- stuck=-");
        assertThat(plain(queue(Readings.NONE)))
                .contains("  bullmq waiting=- active=- unlocked=- workers=- stalled=- failed=-"
                        + " oldest=- arrivals=- completions=- drain=-");
    }

    @Test
    void aDeadPrimaryTellsWhatIsLost() {
        var dead = Readings.of("""
                ha_failover_loss_seconds{cluster="demo",component="redis"} 9
                ha_failover_loss_seconds{cluster="demo",component="postgres"} 4
                ha_failover_loss_bytes{cluster="demo",component="postgres"} 7
                """);

        assertThat(plain(postgres(dead, HEALTHY, 1))).contains("rpo=4.0s rpo_bytes=7");
    }

    @Test
    void thePictureIsDrawnOverItself() {
        var bytes = new ByteArrayOutputStream();
        var screen = new LiveScreen(
                new PrintStream(bytes, true, UTF_8),
                40,
                new Ink(false),
                Sparkline.ASCII,
                List.of(List.of(Action.CUT, Action.STOP)));

        screen.show(List.of(
                postgres(HEALTHY, Readings.NONE, 1),
                bus(BUS),
                queue(WORK),
                outbox(WORK),
                store(OUTSIDE),
                shop(OUTSIDE)));
        screen.tell("pg-2 is cut off");
        var frames = bytes.toString(UTF_8).split("\033\\[\\?7h", -1);

        assertThat(frames[0])
                .contains("pg-1      primary   up")
                .contains("pg-2      replica   up")
                .contains("2.5 s behind")
                .contains("nats-2 up and leads   nats-3 down")
                .contains("billing: 77 pending   oldest 6.5 s")
                .contains("mails: 41 waiting   4 active   2 unlocked   2 workers   6 stalled   0 failed")
                .contains("oldest 3.3 s   come: 20.0/s   done with: 16.0/s   drain: +Inf")
                .contains("payments: 12 pending   - workers   1 dead")
                .contains("oldest 0.5 s   come: 20.0/s   done with: 25.0/s   drain: 2.4 s")
                .contains("minio-1 works, away 0.0 s   put 0.2 s head - get 0.1 s delete -")
                .contains("checkout fails in 2.0 s, away 7.3 s   documents works in 0.3 s, away 0.0 s")
                .contains("c cut the standby off   s stop the consumer");
        long lines = frames[0].lines().count();
        assertThat(frames[1]).startsWith("\033[?7l\033[" + lines + "A").contains("pg-2 is cut off");
        assertThat(frames[1].lines()).hasSize((int) lines);
    }

    @Test
    void thePictureOfAllFitsASmallTerminal() {
        assertThat(pictureOfAll(24))
                .hasSizeLessThan(24)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("drain:"))
                .noneMatch(line -> line.contains("at most"));
    }

    @Test
    void aLargerTerminalHasRoomForCurvesAndGaps() {
        assertThat(pictureOfAll(36))
                .hasSizeBetween(30, 35)
                .filteredOn(line -> line.contains("at most"))
                .hasSize(7);
        assertThat(pictureOfAll(60)).hasSizeGreaterThan(36).allMatch(line -> line.length() <= 80);
    }

    /** After so long that the curves are at their full width. */
    private static List<String> pictureOfAll(int rows) {
        var bytes = new ByteArrayOutputStream();
        var actions = Stream.of(
                        "postgres", "redis", "jetstream", "bullmq", "outbox", "s3", "probe", Action.QUIT.component())
                .map(Action::ofComponent)
                .toList();
        var screen =
                new LiveScreen(new PrintStream(bytes, true, UTF_8), rows, new Ink(false), Sparkline.ASCII, actions);

        for (int second = 0; second < 100; second++) {
            var nodes = postgres(HEALTHY, Readings.NONE, 1);
            screen.show(List.of(nodes, nodes, bus(BUS), queue(WORK), outbox(WORK), store(OUTSIDE), shop(OUTSIDE)));
        }

        var frames = bytes.toString(UTF_8).split("\033\\[\\?7h", -1);
        return frames[99]
                .lines()
                .map(line -> line.replaceAll("\033\\[[?0-9]*[a-zA-Z]", ""))
                .toList();
    }

    @Test
    void everyKeyIsAnotherOne() {
        assertThat(Action.values()).extracting(Action::key).doesNotHaveDuplicates();
    }

    @Test
    void sparksShowTheShapeOfTheLastValues() {
        var sparks = new Sparkline(4, "0123");
        for (double value : new double[] {9, 0, 1, 2, 3}) {
            sparks.add(OptionalDouble.of(value));
        }
        assertThat(sparks.text()).isEqualTo("0123");
    }

    private static Sight postgres(Readings now, Readings before, double seconds) {
        return ReplicationSight.of(ReplicationSight.POSTGRES, NODES, now, before, seconds);
    }

    private static Sight bus(Readings now) {
        return StreamSight.of(now, List.of("nats-1", "nats-2", "nats-3"), "ORDERS", "billing");
    }

    private static Sight queue(Readings now) {
        return BacklogSight.of(BacklogSight.BULLMQ, "mails", now);
    }

    private static Sight store(Readings now) {
        return StoreSight.of(now, "minio-1");
    }

    private static Sight shop(Readings now) {
        return JourneySight.of(now, List.of("checkout", "documents"));
    }

    private static Sight outbox(Readings now) {
        return BacklogSight.of(BacklogSight.OUTBOX, "payments", now);
    }

    private static String plain(Sight sight) {
        var bytes = new ByteArrayOutputStream();
        new PlainScreen(new PrintStream(bytes, true, UTF_8)).show(List.of(sight));
        return bytes.toString(UTF_8);
    }
}
