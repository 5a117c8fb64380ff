// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.highwater.core.Secret;
import io.highwater.exporters.jetstream.JetStreamSettings.Login;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JetStreamSettingsTest {

    private static final Login NOBODY = login(null, null, null);
    private static final Login MONITOR = login("monitor", "secret", null);
    private static final List<String> SERVERS = List.of("nats://n1:4222");

    private static Login login(@Nullable String user, @Nullable String password, @Nullable String credentials) {
        return new Login(
                Optional.ofNullable(user),
                Optional.ofNullable(password).map(text -> new Secret("test", () -> text)),
                Optional.empty(),
                Optional.ofNullable(credentials).map(Path::of),
                Optional.empty());
    }

    private static JetStreamSettings settings(
            List<String> servers, Map<String, String> monitoring, Login login, Map<String, Login> accounts) {
        return WatchedBus.settings(servers, monitoring, login, accounts, Optional.empty());
    }

    private static void refused(String key, Runnable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageStartingWith(key + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats://n1:4222", "tls://n1.internal", "NATS://10.0.0.1:4222", "nats://[::1]:4222"})
    void serversAreUrlsWithoutALogin(String url) {
        assertThat(settings(List.of(url), Map.of(), NOBODY, Map.of()).nodes()).containsExactly("api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n1:4222",
                "nats://",
                "http://n1:4222",
                "nats://me:secret@n1:4222",
                "nats://n1:4222/x",
                "nats://n1:x",
                "nats://127.1"
            })
    void otherServersAreRefused(String url) {
        refused("servers", () -> settings(List.of(url), Map.of(), NOBODY, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n1:8222", "ftp://n1", "http://", "http://me:secret@n1:8222", "http://n1:8222?x=1", "http://a b"
            })
    void otherMonitoringPortsAreRefused(String url) {
        refused("monitoring", () -> settings(List.of(), Map.of("n1", url), NOBODY, Map.of()));
    }

    @Test
    void thereMustBeSomebodyToAsk() {
        refused("servers", () -> settings(List.of(), Map.of(), NOBODY, Map.of()));
    }

    @Test
    void theNamesOfTheApiAreTaken() {
        refused("monitoring", () -> settings(SERVERS, Map.of("api", "http://n1:8222"), NOBODY, Map.of()));
        refused(
                "monitoring",
                () -> settings(SERVERS, Map.of("api-APP", "http://n1:8222"), NOBODY, Map.of("APP", MONITOR)));
    }

    @Test
    void oneLoginIsEnough() {
        refused("user", () -> login("monitor", null, "app.creds"));
        refused("user", () -> login(null, "secret", null));
        refused("accounts", () -> settings(SERVERS, Map.of(), MONITOR, Map.of("APP", MONITOR)));
    }

    @Test
    void thereIsRoomForSomeButNotForAll() {
        var settings = settings(SERVERS, Map.of(), NOBODY, Map.of());
        refused("maxStreams", () -> WatchedBus.limited(settings, 0, 1));
        refused("maxStreams", () -> WatchedBus.limited(settings, 10_001, 1));
        refused("maxConsumers", () -> WatchedBus.limited(settings, 1, 0));
        refused("maxConsumers", () -> WatchedBus.limited(settings, 1, 100_001));
    }

    @Test
    void eachAccountIsANodeWithItsLogin() {
        var other = login("other", null, null);
        var settings = settings(SERVERS, Map.of("n1", "http://n1:8222"), NOBODY, Map.of("OTHER", other));
        assertThat(settings.nodes()).containsExactly("n1", "api-OTHER");
        assertThat(settings.login("api-OTHER")).isEqualTo(other);
        assertThat(settings.account("api-OTHER")).isEqualTo("OTHER");
        assertThat(settings(SERVERS, Map.of(), MONITOR, Map.of()).login("api")).isEqualTo(MONITOR);
    }

    @Test
    void whatIsIgnoredIsNotWatched() {
        var settings = settings(SERVERS, Map.of(), NOBODY, Map.of());
        assertThat(settings.watchesStream("ORDERS")).isTrue();
        assertThat(settings.watchesStream("IGNORED_1")).isFalse();
        assertThat(settings.watchesConsumer("worker")).isTrue();
        assertThat(settings.watchesConsumer("ignored-1")).isFalse();
    }
}
