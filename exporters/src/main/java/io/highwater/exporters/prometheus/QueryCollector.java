// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.exporters.client.InParallel;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All queries to one server, two at a time. One that fails has no series and takes nothing from the others; those that
 * failed last time are asked last. The server is down when it answered none, and did not refuse one for its own sake.
 */
final class QueryCollector implements Collector {

    /** As many connections. */
    private static final int AT_ONCE = 2;

    private final HttpLink link;
    private final QueryPort port;
    private final PrometheusSettings settings;
    private final Duration timeout;
    private Set<String> failedLast = Set.of();
    private volatile HttpLink.@Nullable Visit inFlight;

    QueryCollector(HttpLink link, QueryPort port, PrometheusSettings settings, Duration timeout) {
        this.link = link;
        this.port = port;
        this.settings = settings;
        this.timeout = timeout;
    }

    @Override
    public void collect(Samples out) throws CollectionException, InterruptedException {
        var visit = link.visit(timeout);
        inFlight = visit;
        var rejected = new AtomicBoolean();
        var failed = ConcurrentHashMap.<String>newKeySet();
        var asked = InParallel.each(inOrder(), AT_ONCE, name -> ask(visit, name, rejected, failed));
        failedLast = failed;
        checkUp(asked);
        asked.forEach(one -> one.addTo(out));
        out.fact(new QueryAnswers(asked.stream()
                .filter(one -> one.failure().isEmpty())
                .collect(Collectors.toMap(AskedQuery::name, AskedQuery::answer))));
    }

    private List<String> inOrder() {
        return settings.queries().keySet().stream()
                .sorted(Comparator.comparing((String name) -> failedLast.contains(name))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** A password that was rejected is not shown again for every other query. */
    private AskedQuery ask(HttpLink.Visit visit, String name, AtomicBoolean rejected, Set<String> failed) {
        long asked = System.nanoTime();
        if (rejected.get()) {
            var why = new CollectionException(Reason.AUTH, "not asked, since the server rejected another");
            return AskedQuery.failed(name, why, asked);
        }
        try {
            var answered = AskedQuery.answered(name, port.ask(visit, name), settings.maxSeries(), asked);
            answered.failure().ifPresent(_ -> failed.add(name));
            return answered;
        } catch (CollectionException e) {
            failed.add(name);
            rejected.compareAndSet(false, e.reason() == Reason.AUTH);
            return AskedQuery.failed(name, e, asked);
        }
    }

    private static void checkUp(List<AskedQuery> asked) throws CollectionException {
        if (asked.stream().noneMatch(AskedQuery::serverIsWell)) {
            throw asked.stream()
                    .map(AskedQuery::failure)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
