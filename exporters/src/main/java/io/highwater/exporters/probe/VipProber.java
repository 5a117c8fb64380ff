// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;
import static io.highwater.core.Family.info;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.client.InParallel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks who answers at an address: which of the servers, and whether it is the primary. */
final class VipProber implements Prober {

    static final Family PRIMARY = gauge(
                    "probe_vip_primary", "Whether the server that answers at the address is a primary.")
            .from("pg_is_in_recovery()");
    static final Family NODE = info(
                    "probe_vip_node_info", "Which of the servers answers at the address; unknown when none of them.")
            .from("pg_postmaster_start_time() there and at each server")
            .by("answers");
    static final Family MOVES = counter(
                    "probe_vip_moves_total", "How often another of the servers answered than the time before.")
            .from("the agent's own attempts");

    static final List<Family> FAMILIES = List.of(PRIMARY, NODE, MOVES);

    private static final String UNKNOWN = "unknown";
    private static final int AT_ONCE = 4;

    private final VipSettings settings;

    /** As the servers were when they were asked last: a restart, and it is asked again. */
    private final Map<String, PostgresServer.Identity> known = new ConcurrentHashMap<>();

    private Optional<String> last = Optional.empty();
    private int moves;

    VipProber(VipSettings settings) {
        this.settings = settings;
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, InterruptedException {
        try {
            var answers = settings.behind().identity(attempt);
            out.add(PRIMARY, answers.primary());
            var node = node(answers, attempt);
            out.add(NODE, 1, node.orElse(UNKNOWN));
            count(node);
            check(answers, node);
        } finally {
            out.add(MOVES, moves);
        }
    }

    private Optional<String> node(PostgresServer.Identity answers, Attempt attempt) throws InterruptedException {
        var before = named(answers);
        if (before.isPresent()) {
            return before;
        }
        // One that hangs does not take all the time: it is not this one who answers.
        var asking = attempt.atMost(attempt.left().dividedBy(2));
        InParallel.each(settings.servers().nodes().keySet(), AT_ONCE, node -> {
            try {
                known.put(node, settings.server(node).identity(asking));
            } catch (ProbeFailure e) {
                known.remove(node);
            }
            return node;
        });
        return named(answers);
    }

    private Optional<String> named(PostgresServer.Identity answers) {
        return known.entrySet().stream()
                .filter(node -> node.getValue().isSameServer(answers))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void count(Optional<String> node) {
        if (node.isPresent() && last.isPresent() && !node.equals(last)) {
            moves++;
        }
        last = node.isPresent() ? node : last;
    }

    private void check(PostgresServer.Identity answers, Optional<String> node) throws ProbeFailure {
        if (!settings.role().accepts(answers.primary())) {
            throw new ProbeFailure(
                    FailureReason.MISMATCH,
                    node.orElse("a server that is none of ours") + " answers, and is a "
                            + (answers.primary() ? "primary" : "replica"));
        }
        if (node.isEmpty()) {
            throw new ProbeFailure(FailureReason.MISMATCH, "the server that answers is none of ours that we reach");
        }
    }
}
