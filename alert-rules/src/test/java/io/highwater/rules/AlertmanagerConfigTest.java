// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static io.highwater.rules.Fired.critical;
import static io.highwater.rules.Fired.info;
import static io.highwater.rules.Fired.warning;
import static io.highwater.rules.Layer.BUDGET;
import static io.highwater.rules.Layer.CAUSE;
import static io.highwater.rules.Layer.MONITORING;
import static io.highwater.rules.Layer.PART;
import static io.highwater.rules.Layer.REDUNDANCY;
import static io.highwater.rules.Layer.STORE;
import static io.highwater.rules.Layer.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.core.Level;
import io.highwater.lab.AlertmanagerServer;
import io.highwater.lab.HeldAlert;
import io.highwater.lab.Notification;
import io.highwater.lab.WebhookReceiver;
import io.highwater.rules.AlertmanagerConfig.Receiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Alertmanager with the configuration that is shipped: what it tells people of the alerts of an incident. */
class AlertmanagerConfigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Level 2 gives a loaded machine five seconds between the first and the last alert of an incident. */
    private static final Level LEVEL = Level.L2;

    private static final List<Incident> INCIDENTS = List.of(
            Incident.of("postgres-is-replaced-in-time")
                    .first(
                            info("FailoverHappened", REDUNDANCY, "postgres"),
                            warning("PostgresNodeDown", REDUNDANCY, "postgres").with("node", "pg-1"),
                            warning("ReplicaNotStreaming", REDUNDANCY, "postgres")
                                    .with("node", "pg-1"),
                            warning("PostgresReplicaLagging", REDUNDANCY, "postgres")
                                    .with("node", "pg-3"))
                    .tickets("PostgresNodeDown", "PostgresReplicaLagging"),
            Incident.of("postgres-is-not-replaced")
                    .first(
                            critical("OutboxStalled", WORK, "outbox"),
                            critical("QueueStalled", WORK, "bullmq"),
                            critical("ErrorBudgetBurningFast", BUDGET, "postgres"),
                            warning("RedundancyLost", REDUNDANCY, "postgres"))
                    .then(critical("PostgresNoPrimary", STORE, "postgres"))
                    .pages("PostgresNoPrimary"),
            Incident.of("redis-is-lost")
                    .first(
                            critical("QueueWithoutWorkers", PART, "bullmq"),
                            critical("QueueStalled", WORK, "bullmq"),
                            critical("ErrorBudgetBurningFast", BUDGET, "bullmq"),
                            warning("QueueJobsWaitTooLong", CAUSE, "bullmq"))
                    .then(critical("RedisDown", STORE, "redis"))
                    .pages("RedisDown"),
            Incident.of("workers-are-lost")
                    .first(
                            critical("QueueStalled", WORK, "bullmq"),
                            warning("QueueGrowing", CAUSE, "bullmq"),
                            warning("RedisMemoryNearLimit", CAUSE, "redis"))
                    .then(critical("QueueWithoutWorkers", PART, "bullmq"))
                    .pages("QueueWithoutWorkers"), // Redis fills up since nobody works
            Incident.of("one-of-three-nats")
                    .first(
                            warning("NatsServerUnhealthy", REDUNDANCY, "jetstream")
                                    .with("node", "nats-3"),
                            warning("NatsServerDown", REDUNDANCY, "jetstream").with("node", "nats-3"))
                    .then(warning("NatsServerUnhealthy", REDUNDANCY, "jetstream")
                            .with("node", "nats-2"))
                    .tickets("NatsServerDown", "NatsServerUnhealthy"),
            Incident.of("two-of-three-nats")
                    .first(
                            critical("NatsStreamWithoutLeader", PART, "jetstream")
                                    .with("stream_name", "ORDERS"),
                            critical("NatsConsumerWithoutLeader", PART, "jetstream")
                                    .with("stream_name", "ORDERS"),
                            critical("NatsConsumerStuck", WORK, "jetstream"),
                            critical("OutboxStalled", WORK, "outbox"),
                            warning("NatsServerDown", REDUNDANCY, "jetstream").with("node", "nats-2"))
                    .then(critical("NatsQuorumLost", STORE, "jetstream"))
                    .pages("NatsQuorumLost"),
            Incident.of("the-store-is-another-clusters")
                    .first(critical("OutboxStalled", WORK, "outbox"))
                    .pages("OutboxStalled"),
            Incident.of("two-stores-at-once")
                    .first(critical("RedisDown", STORE, "redis"), critical("PostgresNoPrimary", STORE, "postgres"))
                    .pages("PostgresNoPrimary", "RedisDown"));

    @ParameterizedTest
    @EnumSource
    void isAcceptedByAmtool(Level level, @TempDir Path folder) throws Exception {
        var file = Files.writeString(
                folder.resolve("alertmanager.yml"), AlertmanagerConfig.of(level).yaml());
        var amtool = Path.of(System.getProperty("highwater.lab.tools"), "amtool");
        var check = new ProcessBuilder(amtool.toString(), "check-config", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).contains(" - 8 inhibit rules", " - 6 receivers");
    }

    @Test
    void anIncidentIsOnePage() {
        try (var told = WebhookReceiver.start();
                var alertmanager = AlertmanagerServer.start(configuration(told, LEVEL))) {
            fire(alertmanager, INCIDENTS.stream().flatMap(one -> one.first().stream()));
            fire(alertmanager, INCIDENTS.stream().flatMap(one -> one.then().stream()));

            for (var incident : INCIDENTS) {
                var pages = incident.pages().isEmpty() ? List.of() : List.of(incident.pages());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(firing(told.to("pages"), incident.cluster()))
                                .as(incident.cluster())
                                .isEqualTo(pages));
                assertThat(heard(alertmanager, incident.cluster(), "critical"))
                        .as("what would be in later pages of %s", incident.cluster())
                        .isEqualTo(incident.pages());
                assertThat(heard(alertmanager, incident.cluster(), "warning"))
                        .as("tickets of %s", incident.cluster())
                        .isEqualTo(incident.tickets());
            }
        }
    }

    @Test
    void whenNothingIsSeenThatIsTheOnlyPage() {
        try (var told = WebhookReceiver.start();
                var alertmanager = AlertmanagerServer.start(configuration(told, Level.L3))) {
            fire(alertmanager, Stream.of(critical("HighwaterDown", MONITORING, "agent")));
            fire(
                    alertmanager,
                    Stream.of(
                            critical("PostgresNoPrimary", STORE, "postgres").with("cluster", "orders"),
                            critical("RedisDown", STORE, "redis").with("cluster", "jobs")));

            await().atMost(PATIENCE).until(() -> !told.to("pages").isEmpty());
            assertThat(told.to("pages").stream().map(Notification::firing)).containsExactly(List.of("HighwaterDown"));
            assertThat(alertmanager.alerts().stream()
                            .filter(HeldAlert::inhibited)
                            .map(HeldAlert::name))
                    .containsExactlyInAnyOrder("PostgresNoPrimary", "RedisDown");
        }
    }

    /** Labels that both sides lack would count as equal. */
    @Test
    void alertsWithoutAClusterExplainNothing() {
        try (var told = WebhookReceiver.start();
                var alertmanager = AlertmanagerServer.start(configuration(told, Level.L3))) {
            fire(
                    alertmanager,
                    Stream.of(
                            critical("PostgresNoPrimary", STORE, "postgres"),
                            critical("OutboxStalled", WORK, "outbox"),
                            new Fired(Map.of("alertname", "MyNodeDown", "severity", "warning")),
                            new Fired(Map.of("alertname", "SomethingElse", "severity", "warning"))));
            await().atMost(PATIENCE).until(() -> !told.to("pages").isEmpty());
            assertThat(alertmanager.alerts()).hasSize(4).noneMatch(HeldAlert::inhibited);
        }
    }

    @Test
    void everyoneIsToldWhatIsForThem() {
        try (var told = WebhookReceiver.start();
                var alertmanager = AlertmanagerServer.start(configuration(told, Level.L3))) {
            fire(
                    alertmanager,
                    Stream.of(
                            new Fired(Map.of("alertname", "Watchdog", "severity", "none")),
                            critical("PostgresNoPrimary", STORE, "postgres").with("drill", "true")));
            await().atMost(PATIENCE)
                    .until(() -> told.notifications().stream()
                            .map(Notification::receiver)
                            .toList()
                            .containsAll(List.of("dead-man", "drills")));
            assertThat(told.to("pages")).isEmpty();

            fire(alertmanager, Stream.of(critical("RedisDown", STORE, "redis")));
            await().atMost(PATIENCE).until(() -> !told.to("pages").isEmpty());
        }
    }

    @Test
    void aReceiverWithoutAnAddressIsAPlaceholder() {
        var yaml = AlertmanagerConfig.of(Level.L1)
                .webhook(Receiver.PAGES, "http://pager.internal/v1")
                .yaml();
        assertThat(yaml)
                .contains("- name: pages\n    webhook_configs: [{url: 'http://pager.internal/v1'}]\n")
                .contains("- name: tickets\n    webhook_configs: [{url: 'http://tickets.invalid/'}]\n")
                .contains("- name: info\n  - name: drills\n");
    }

    private static void fire(AlertmanagerServer alertmanager, Stream<Fired> alerts) {
        alertmanager.fire(alerts.map(Fired::labels).toList());
    }

    private static String configuration(WebhookReceiver told, Level level) {
        return Stream.of(Receiver.values())
                .reduce(
                        AlertmanagerConfig.of(level),
                        (config, receiver) -> config.webhook(receiver, told.url()),
                        (one, _) -> one)
                .yaml();
    }

    private static List<List<String>> firing(List<Notification> notifications, String cluster) {
        return notifications.stream()
                .filter(one -> one.alerts().getFirst().label("cluster").equals(cluster))
                .map(Notification::firing)
                .toList();
    }

    /** The alerts of a cluster that are not inhibited. */
    private static List<String> heard(AlertmanagerServer alertmanager, String cluster, String severity) {
        return alertmanager.alerts().stream()
                .filter(alert -> alert.label("cluster").equals(cluster))
                .filter(alert -> alert.label("severity").equals(severity) && !alert.inhibited())
                .map(HeldAlert::name)
                .sorted()
                .toList();
    }
}
