// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One probe: what is tried, when, and what it may take. */
public record ProbePlan(
        @Doc("an HTTP or HTTPS URL, and what is to be answered there")
        Optional<HttpSettings> http,

        @Doc("several requests of one user, which carry values from one to the next")
        Optional<JourneySettings> journey,

        @Doc("a TCP port, and what is said there") Optional<TcpSettings> tcp,

        @Doc("TLS and its certificates") Optional<TlsSettings> tls,

        @Doc("an address behind which one of several Postgres servers answers: which one, and is it the primary")
        Optional<VipSettings> vip,

        @Doc("a DNS server, and what it answers") Optional<DnsSettings> dns,

        @Doc("nodes of a blockchain, and its head as they know it")
        Optional<ChainSettings> chain,

        @Doc("a file of the agent's machine: a certificate, a key, a wallet")
        Optional<FileProbeSettings> file,

        @Doc("from the start of one attempt to the start of the next") @Default("5s")
        Duration interval,

        @Doc("how long an attempt may take") @Default("5s") Duration timeout,

        @Doc("what takes longer than this counts as too slow, though it succeeds; the timeout when it is not said")
        Optional<Duration> slow) {

    private static final List<String> KINDS = List.of("http", "journey", "tcp", "tls", "vip", "dns", "chain", "file");

    private static final Duration SHORTEST = Duration.ofMillis(50);

    /** For a prober to see its own deadline before the collection is cut, which would tell nothing of what was seen. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    public ProbePlan {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("interval: write 50ms or more");
        }
        if (timeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("timeout: write 50ms or more");
        }
        if (slow.isPresent() && slow.get().compareTo(timeout) > 0) {
            throw new IllegalArgumentException("slow: write no more than the timeout, at which it fails");
        }
        if (Stream.of(http, journey, tcp, tls, vip, dns, chain, file)
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new IllegalArgumentException("write one of " + String.join(", ", KINDS) + ", and one only");
        }
    }

    /** As {@link #KINDS} has them. */
    private List<Optional<? extends ProberSettings>> probers() {
        return List.of(http, journey, tcp, tls, vip, dns, chain, file);
    }

    ProberSettings prober() {
        return probers().stream()
                .<ProberSettings>flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    /** The key that it is written with. */
    String kind() {
        return KINDS.get(probers().indexOf(Optional.of(prober())));
    }

    Duration mostTime() {
        return slow.orElse(timeout);
    }

    /** @param usual whose limits hold for all probes */
    Schedule schedule(Schedule usual) {
        var longest = timeout.plus(GRACE);
        return new Schedule(interval, longest, interval.plus(longest), usual.maxSeries());
    }
}
