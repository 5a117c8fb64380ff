// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.ForeignSeries;
import io.highwater.core.ForeignSeries.Series;
import io.highwater.core.Outcome;
import io.highwater.core.Secret;
import io.highwater.core.Slot;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.http.HttpAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Both exporters at work, and what they hand to signals. */
final class Inputs {

    static final HttpAccess NOBODY = new HttpAccess(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final Duration LATEST = Duration.ofSeconds(2);

    private Inputs() {}

    static HttpAccess login(String user, String password) {
        return new HttpAccess(Optional.of(user), Optional.of(secret(password)), Optional.empty(), Map.of());
    }

    static HttpAccess token(Secret token) {
        return new HttpAccess(Optional.empty(), Optional.empty(), Optional.of(token), Map.of());
    }

    static Secret secret(String text) {
        return new Secret("a test", () -> text);
    }

    static PrometheusSettings queries(Map<String, String> servers, Map<String, String> queries) {
        return queries(servers, queries, NOBODY, Optional.empty());
    }

    static PrometheusSettings queries(
            Map<String, String> servers, Map<String, String> queries, HttpAccess as, Optional<ClientTls> tls) {
        return new PrometheusSettings(
                servers,
                queries,
                as.user(),
                as.password(),
                as.token(),
                as.headers(),
                tls,
                Duration.ofSeconds(4),
                Duration.ofSeconds(1),
                100);
    }

    static MetricsSettings pages(Map<String, String> endpoints, String... keep) {
        return pages(endpoints, NOBODY, Optional.empty(), keep);
    }

    static MetricsSettings pages(
            Map<String, String> endpoints, HttpAccess as, Optional<ClientTls> tls, String... keep) {
        return new MetricsSettings(
                endpoints, List.of(keep), as.user(), as.password(), as.token(), as.headers(), tls, 1 << 20, 1000);
    }

    static Watched watch(PrometheusSettings settings) {
        return Watched.by(new PrometheusExporter(), "apps", settings, INTERVAL, LATEST);
    }

    static Watched watch(MetricsSettings settings) {
        return Watched.by(new MetricsExporter(), "apps", settings, INTERVAL, LATEST);
    }

    /** What a signal may use now: of that node, or of what is derived when it is empty. */
    static List<Series> series(Watched watched, String node) {
        long now = System.nanoTime();
        return watched.store().slots().stream()
                .filter(slot -> slot.target().node().equals(node))
                .flatMap(slot -> Optional.ofNullable(slot.current(now)).stream())
                .flatMap(snapshot -> snapshot.fact().stream())
                .filter(ForeignSeries.class::isInstance)
                .flatMap(fact -> ((ForeignSeries) fact).series().stream())
                .toList();
    }

    /** The value of the one series with that name; empty when there is none. */
    static OptionalDouble value(Watched watched, String node, String name) {
        var found = series(watched, node).stream()
                .filter(one -> one.name().equals(name))
                .toList();
        if (found.size() > 1) {
            throw new AssertionError("more than one: " + found);
        }
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.getFirst().value());
    }

    /** What the newest collection of that node left out, and why. */
    static List<String> notes(Watched watched, String node) {
        return watched.store().slots().stream()
                .filter(slot -> slot.target().node().equals(node))
                .map(Slot::latest)
                .flatMap(Optional::stream)
                .flatMap(snapshot -> snapshot.outcome() instanceof Outcome.Collected collected
                        ? collected.notes().stream()
                        : List.<String>of().stream())
                .toList();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
