// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Durations;
import io.highwater.core.Samples;
import io.highwater.exporters.client.InParallel;
import io.highwater.exporters.client.http.HttpLink;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks all nodes of one blockchain for their heads at the same time. */
final class ChainProber implements Prober {

    private static final int AT_ONCE = 8;

    /** One node, by its name. */
    private record Asked(String name, ChainNode node) {}

    /** What came of it: a head, or why there is none. */
    private record Seen(String name, Optional<ChainHead> head, Optional<CollectionException> trouble) {}

    private final ChainSettings settings;
    private final HttpLink link;
    private final List<Asked> nodes = new ArrayList<>();
    private volatile HttpLink.@Nullable Visit visit;

    ChainProber(ChainSettings settings) {
        this.settings = settings;
        this.link = new HttpLink(settings.tls());
        settings.endpoints()
                .forEach((name, endpoint) -> nodes.add(new Asked(name, ChainNode.of(settings.protocol(), endpoint))));
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, InterruptedException {
        var asking = link.visit(attempt.left("the nodes"));
        visit = asking;
        try {
            var all = InParallel.each(nodes, AT_ONCE, node -> seen(node, asking));
            var highest = highest(all);
            all.forEach(one -> tell(one, highest, out));
            for (var one : all) {
                if (one.name().equals(settings.primaryName())) {
                    check(one, highest);
                }
            }
        } finally {
            visit = null;
        }
    }

    private static Seen seen(Asked asked, HttpLink.Visit visit) {
        try {
            return new Seen(asked.name(), Optional.of(asked.node().head(visit)), Optional.empty());
        } catch (CollectionException e) {
            return new Seen(asked.name(), Optional.empty(), Optional.of(e));
        }
    }

    private static OptionalLong highest(List<Seen> all) {
        return all.stream()
                .flatMap(one -> one.head().stream())
                .mapToLong(ChainHead::height)
                .max();
    }

    private static void tell(Seen one, OptionalLong highest, Samples out) {
        out.add(ChainFamilies.UP, one.head().isPresent(), one.name());
        one.trouble().ifPresent(trouble -> out.note(one.name() + ": " + trouble.getMessage()));
        one.head().ifPresent(head -> {
            out.add(ChainFamilies.HEIGHT, (double) head.height(), one.name());
            out.add(ChainFamilies.AGE, age(head).toMillis() / 1e3, one.name());
            out.add(ChainFamilies.LAG, (double) lag(head, highest), one.name());
            head.syncing().ifPresent(syncing -> out.add(ChainFamilies.SYNCING, syncing, one.name()));
            head.peers().ifPresent(peers -> out.add(ChainFamilies.PEERS, peers, one.name()));
        });
    }

    private static long lag(ChainHead head, OptionalLong highest) {
        return highest.orElse(head.height()) - head.height();
    }

    /** By our clock, which may be a little behind that of who made the block. */
    private static Duration age(ChainHead head) {
        var age = Duration.between(head.time(), Instant.now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private void check(Seen primary, OptionalLong highest) throws ProbeFailure {
        if (primary.head().isEmpty()) {
            var trouble = primary.trouble().orElseThrow();
            throw new ProbeFailure(reason(trouble), primary.name() + ": " + trouble.getMessage(), trouble);
        }
        var head = primary.head().get();
        long lag = lag(head, highest);
        if (age(head).compareTo(settings.mostAge()) > 0) {
            throw new ProbeFailure(
                    FailureReason.STALE,
                    primary.name() + " stands still: its newest block is older than "
                            + Durations.format(settings.mostAge()));
        }
        if (lag > settings.maxLag()) {
            throw new ProbeFailure(FailureReason.MISMATCH, primary.name() + " is " + lag + " blocks behind others");
        }
        if (head.syncing().orElse(false)) {
            throw new ProbeFailure(FailureReason.STALE, primary.name() + " says that it is catching up");
        }
    }

    private static FailureReason reason(CollectionException trouble) {
        // Which of the two it was is said by the cause alone.
        if (trouble.getCause() instanceof IOException cause
                && (cause instanceof SSLException || cause instanceof UnknownHostException)) {
            return NetworkFailures.reason(cause);
        }
        return switch (trouble.reason()) {
            case TIMEOUT, OVERRUN -> FailureReason.TIMEOUT;
            case REFUSED -> FailureReason.REFUSED;
            case AUTH -> FailureReason.AUTH;
            case PROTOCOL, BUG -> FailureReason.PROTOCOL;
        };
    }

    @Override
    public void abort() {
        var asking = visit;
        if (asking != null) {
            asking.abort();
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
