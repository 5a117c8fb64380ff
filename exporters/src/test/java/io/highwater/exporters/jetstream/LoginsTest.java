// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.junit.NatsClusterExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who logs in, with which rights, and what is seen with them. */
class LoginsTest {

    /** Users of the account APP, each of which lacks one right of the recommended ones. */
    private static final String LACKING = """
            accounts: {
              SYS: { users: [ { user: system, password: x } ] }
              APP: { jetstream: enabled, users: [
                { user: app, password: lab-password-of-app }
                { user: deaf, password: secret, permissions: {
                  publish: ["$JS.API.>", "$SYS.REQ.USER.INFO"], subscribe: ["_INBOX.>"] } }
                { user: no-messages, password: secret, permissions: {
                  publish: { allow: ["$JS.API.>", "$SYS.REQ.USER.INFO"], deny: ["$JS.API.STREAM.MSG.GET.*"] } } }
                { user: no-account, password: secret, permissions: { publish: ["$JS.API.>"] } }
                { user: no-inbox, password: secret, permissions: {
                  publish: ["$JS.API.>", "$SYS.REQ.USER.INFO"], subscribe: ["$JS.EVENT.ADVISORY.>"] } }
                { user: no-list, password: secret, permissions: {
                  publish: { allow: ["$JS.API.>", "$SYS.REQ.USER.INFO"], deny: ["$JS.API.STREAM.LIST"] } } }
              ] }
              OTHER: { jetstream: enabled, users: [
                { user: other, password: lab-password-of-other, permissions: { publish: { deny: ["$SYS.>"] } } }
              ] }
            }
            """;

    @RegisterExtension
    static final NatsClusterExtension nats =
            new NatsClusterExtension(NatsCluster.newest().nodes(1));

    @RegisterExtension
    static final NatsClusterExtension lacking =
            new NatsClusterExtension(NatsCluster.newest().nodes(1).setting(LACKING));

    @BeforeAll
    static void prepare() {
        for (var cluster : List.of(nats.cluster(), lacking.cluster())) {
            cluster.client().createStream("ORDERS", 1);
            cluster.client().createConsumer("ORDERS", "worker");
            cluster.client().publish("ORDERS.a", 3);
            cluster.client().fetch("ORDERS", "worker", 2);
            try (var other = cluster.client(NatsUser.OTHER)) {
                other.createStream("ORDERS", 1);
                other.publish("ORDERS.a", 7);
            }
        }
    }

    @Test
    void theLeastRightsGiveEverything() {
        try (var watched = WatchedBus.byApi(nats.cluster(), NatsUser.MONITOR)) {
            assertSeesOrders(watched);
            assertThat(notes(watched, "api")).isEmpty();
            nats.client().createStream("LATER", 1);
            await().until(() -> watched.value("nats_jetstream_advisories_total", "type", "stream_created")
                    .isPresent());
        }
    }

    @Test
    void aKeyIsALoginToo() {
        try (var watched = WatchedBus.byApi(nats.cluster(), NatsUser.KEY)) {
            assertSeesOrders(watched);
        }
    }

    @Test
    void withoutRightsTheApiSaysWhichIsMissingAndPortsGoOn() {
        try (var watched = WatchedBus.watch(
                WatchedBus.settings(nats.cluster().urls(), WatchedBus.monitoring(nats.cluster()), NatsUser.OUTSIDER))) {
            await().until(() -> failure(watched, "api", "health").isPresent()
                    && failure(watched, "api", "streams").isPresent());
            assertRejected(watched, "health", "Permissions Violation for Publish to \"$JS.API.INFO\"");
            assertRejected(watched, "streams", "Permissions Violation for Publish to \"$JS.API.STREAM.LIST\"");
            assertThat(took(watched, "health")).isLessThan(Duration.ofSeconds(1));
            assertThat(watched.value("nats_up", "node", "api")).hasValue(0);
            assertSeesOrders(watched);
        }
    }

    @Test
    void anAccountWithoutJetStreamIsToldApartFromFailures() {
        try (var watched = WatchedBus.byApi(nats.cluster(), NatsUser.BARE)) {
            await().until(() -> failure(watched, "api", "health").isPresent());
            assertRejected(watched, "health", "JetStream not enabled for account (10039)");
            assertThat(watched.value("nats_up", "node", "api")).hasValue(0);
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotRepeatedEverySecond() {
        var login = new JetStreamSettings.Login(
                Optional.of("monitor"), secret("wrong"), Optional.empty(), Optional.empty(), Optional.empty());
        try (var watched = watch(nats, login)) {
            await().until(() -> watched.skips("api", "health") > 2);
            assertRejected(watched, "health", "Authorization Violation");
            assertThat(watched.page()).doesNotContain("wrong");
        }
    }

    @Test
    void aCredentialsFileThatIsNotThereIsNamed() {
        var login = new JetStreamSettings.Login(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Path.of("/nowhere/app.creds")),
                Optional.empty());
        try (var watched = watch(nats, login)) {
            await().until(() -> failure(watched, "api", "health").isPresent());
            assertRejected(watched, "health", "credentials /nowhere/app.creds: cannot be read");
        }
    }

    @Test
    void whatIsNoKeyIsNeitherALoginNorRepeated() {
        var login = new JetStreamSettings.Login(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), secret("SUNOKEY"));
        try (var watched = watch(nats, login)) {
            await().until(() -> failure(watched, "api", "health").isPresent());
            assertRejected(watched, "health", "the nkey, or the credentials file, cannot be used");
        }
    }

    @Test
    void aTokenIsALoginToo() {
        var plan = NatsCluster.newest()
                .nodes(1)
                .setting("accounts: { SYS: {} }")
                .setting("authorization: { token: \"a-token\" }");
        var login = new JetStreamSettings.Login(
                Optional.empty(), Optional.empty(), secret("a-token"), Optional.empty(), Optional.empty());
        try (var cluster = plan.start();
                var watched = WatchedBus.watch(
                        WatchedBus.settings(cluster.urls(), Map.of(), login, Map.of(), Optional.empty()))) {
            await().untilAsserted(() -> assertThat(watched.value("nats_account_storage_used", "account", "$G"))
                    .hasValue(0));
        }
    }

    @Test
    void eachAccountHasItsOwnApiAndNothingIsMixed() {
        var accounts = Map.of("shop", WatchedBus.login(NatsUser.MONITOR), "others", WatchedBus.login(NatsUser.OTHER));
        for (var monitoring : List.of(Map.<String, String>of(), WatchedBus.monitoring(nats.cluster()))) {
            try (var watched = watch(nats, monitoring, accounts)) {
                await().until(() -> watched.store().complete());
                assertThat(watched.value("nats_up", "node", "api-shop")).hasValue(1);
                assertThat(watched.value("nats_up", "node", "api-others")).hasValue(1);
                assertMessages(watched, "APP", 3);
                assertMessages(watched, "OTHER", 7);
                assertThat(watched.lines("nats_stream_total_messages", "stream_name", "ORDERS"))
                        .hasSize(2);
            }
        }
    }

    @Test
    void twoLoginsOfOneAccountAreSeenOnce() {
        var accounts = Map.of("one", WatchedBus.login(NatsUser.MONITOR), "two", WatchedBus.login(NatsUser.APP));
        try (var watched = watch(nats, Map.of(), accounts)) {
            await().until(() -> watched.store().complete());
            nats.client().createStream("ONCE", 1);
            await().until(() -> watched.value("nats_stream_has_leader", "stream_name", "ONCE")
                    .isPresent());
            assertMessages(watched, "APP", 3);
            assertThat(watched.lines("nats_account_storage_used")).hasSize(1);
        }
    }

    @Test
    void withoutAdvisoriesTheRestIsThere() {
        try (var watched = watch(lacking, user("deaf"))) {
            assertSeesOrders(watched);
            // The server says so of its own accord, which may be after the first collection.
            await().untilAsserted(() -> assertThat(notes(watched, "health"))
                    .containsExactly("advisories: may not subscribe to $JS.EVENT.ADVISORY.>"));
            lacking.client().createStream("UNHEARD", 1);
            await().until(() -> watched.value("nats_stream_has_leader", "stream_name", "UNHEARD")
                    .isPresent());
            assertThat(watched.lines("nats_jetstream_advisories_total")).isEmpty();
        }
    }

    @Test
    void withoutMessagesAgesAreWhatPositionsTell() {
        lacking.client().createStream("OLD", 1);
        lacking.client().createConsumer("OLD", "worker");
        lacking.client().publish("OLD.a", 3);
        lacking.client().fetch("OLD", "worker", 1).getFirst().ack();
        try (var watched = watch(lacking, user("no-messages"))) {
            assertSeesOrders(watched);
            await().until(() ->
                    notes(watched, "streams").equals(List.of("ages of messages: may not ask $JS.API.STREAM.MSG.GET")));
            assertThat(watched.value("nats_consumer_num_pending", "stream_name", "OLD"))
                    .hasValue(2);
            assertThat(watched.value("nats_consumer_oldest_pending_age_seconds", "stream_name", "OLD"))
                    .isEmpty();
        }
    }

    @Test
    void anAccountWithoutANameIsNotThereTwice() {
        var alone =
                WatchedBus.settings(lacking.cluster().urls(), Map.of(), user("no-account"), Map.of(), Optional.empty());
        try (var watched = WatchedBus.watch(WatchedBus.nameless(alone))) {
            await().untilAsserted(() -> assertThat(watched.value("nats_stream_total_messages", "stream_name", "ORDERS"))
                    .hasValue(3));
            assertThat(watched.page()).doesNotContain("account=\"");
        }
        var both = WatchedBus.settings(
                lacking.cluster().urls(),
                WatchedBus.monitoring(lacking.cluster()),
                user("no-account"),
                Map.of(),
                Optional.empty());
        try (var watched = WatchedBus.watch(WatchedBus.nameless(both))) {
            await().until(() -> watched.store().complete());
            assertMessages(watched, "APP", 3);
            assertThat(watched.lines("nats_stream_total_messages", "stream_name", "ORDERS"))
                    .hasSize(2);
        }
    }

    @Test
    void accountsThatTheServerDoesNotNameAreNamedByTheConfiguration() {
        var accounts = Map.of("APP", user("no-account"), "OTHER", WatchedBus.login(NatsUser.OTHER));
        for (var monitoring : List.of(Map.<String, String>of(), WatchedBus.monitoring(lacking.cluster()))) {
            try (var watched = watch(lacking, monitoring, accounts)) {
                await().until(() -> watched.store().complete());
                assertMessages(watched, "APP", 3);
                assertMessages(watched, "OTHER", 7);
                assertThat(watched.lines("nats_stream_total_messages", "stream_name", "ORDERS"))
                        .hasSize(2);
            }
        }
    }

    @Test
    void withoutAnInboxTheMissingRightIsNamedAtOnce() {
        try (var watched = watch(lacking, user("no-inbox"))) {
            await().until(() -> failure(watched, "api", "health").isPresent());
            assertRejected(watched, "health", "Permissions Violation for Subscription to \"_INBOX.");
            assertThat(took(watched, "health")).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void withoutTheListTheMissingRightIsNamedAndTheAccountIsWatched() {
        try (var watched = watch(lacking, user("no-list"))) {
            await().until(() -> failure(watched, "api", "streams").isPresent());
            assertRejected(watched, "streams", "Permissions Violation for Publish to \"$JS.API.STREAM.LIST\"");
            assertThat(watched.value("nats_up", "node", "api")).hasValue(1);
            assertThat(watched.value("nats_account_storage_used")).isPresent();
        }
    }

    private static void assertSeesOrders(Watched watched) {
        await().until(() -> watched.value("nats_consumer_num_ack_pending", "account", "APP", "stream_name", "ORDERS")
                .isPresent());
        assertMessages(watched, "APP", 3);
        assertThat(watched.value("nats_consumer_num_ack_pending", "account", "APP", "stream_name", "ORDERS"))
                .hasValue(2);
    }

    private static void assertMessages(Watched watched, String account, int messages) {
        await().untilAsserted(() -> assertThat(
                        watched.value("nats_stream_total_messages", "account", account, "stream_name", "ORDERS"))
                .hasValue(messages));
    }

    private static void assertRejected(Watched watched, String collector, String message) {
        var failed = failure(watched, "api", collector).orElseThrow();
        assertThat(failed.message()).contains(message);
        assertThat(failed.reason()).isEqualTo(Reason.AUTH);
    }

    private static Optional<Outcome.Failed> failure(Watched watched, String node, String collector) {
        return watched.outcome(node, collector)
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast);
    }

    private static List<String> notes(Watched watched, String collector) {
        return watched.outcome("api", collector)
                .map(outcome -> outcome instanceof Outcome.Collected(List<String> notes) ? notes : List.<String>of())
                .orElse(List.of());
    }

    private static Duration took(Watched watched, String collector) {
        return watched.store().slots().stream()
                .filter(slot ->
                        slot.target().node().equals("api") && slot.collector().equals(collector))
                .flatMap(slot -> slot.latest().stream())
                .findFirst()
                .orElseThrow()
                .took();
    }

    private static Watched watch(NatsClusterExtension lab, JetStreamSettings.Login login) {
        return WatchedBus.watch(WatchedBus.settings(lab.cluster().urls(), Map.of(), login, Map.of(), Optional.empty()));
    }

    private static Watched watch(
            NatsClusterExtension lab, Map<String, String> monitoring, Map<String, JetStreamSettings.Login> accounts) {
        var nobody = new JetStreamSettings.Login(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return WatchedBus.watch(
                WatchedBus.settings(lab.cluster().urls(), monitoring, nobody, accounts, Optional.empty()));
    }

    private static JetStreamSettings.Login user(String name) {
        return new JetStreamSettings.Login(
                Optional.of(name), secret("secret"), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Secret> secret(String text) {
        return Optional.of(new Secret("test", () -> text));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
