// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.agent.config.PlanText;
import io.highwater.core.Fleet;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /probe?target=orders-db/postgres/pg-1}: collects from one configured target while the client waits.
 * {@code collect[]} chooses collectors, {@code name[]} families, {@code debug=true} tells what happened. Only configured
 * names are taken: an address in a URL would make the agent a way into the network.
 */
public final class ProbePage implements Handler {

    private static final int NAMES_SHOWN = 50;

    private final Fleet fleet;
    private final SnapshotStore store;
    private final ProbeDeadline deadline;

    public ProbePage(Fleet fleet, SnapshotStore store, Duration timeoutOffset) {
        this.fleet = fleet;
        this.store = store;
        this.deadline = new ProbeDeadline(timeoutOffset);
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        var name = request.parameter("target").orElse("");
        if (name.isEmpty()) {
            return Response.text(400, "the parameter target is missing: /probe?target=NAME\n" + knownTargets());
        }
        var pulse = pulse(name);
        if (pulse.isEmpty()) {
            return Response.text(404, "no target is called " + name + "\n" + knownTargets());
        }
        var known = collectors(name);
        var wanted = Set.copyOf(request.parameters("collect[]"));
        if (!known.containsAll(wanted)) {
            return Response.text(400, "unknown collector in collect[]\nknown: " + String.join(", ", known));
        }
        var timeout = deadline.of(request);
        if (timeout.isEmpty()) {
            return Response.text(400, ProbeDeadline.HEADER + " is no number of seconds");
        }
        var report = new ProbeReport(pulse.get(), timeout.get());
        return fleet.probe(name, collector -> wanted.isEmpty() || wanted.contains(collector), timeout.get())
                .map(snapshots -> answer(request, name, report, snapshots))
                .orElseGet(() -> Response.text(404, "no target is called " + name + " any more"));
    }

    private Response answer(Request request, String name, ProbeReport report, List<Snapshot> snapshots) {
        var names = Set.copyOf(request.parameters("name[]"));
        if (request.parameter("debug").filter("true"::equals).isPresent()) {
            return Response.text(200, report.debug(snapshots, names, effectiveConfiguration(name)));
        }
        var format = Negotiation.format(request);
        return Response.ok(
                        format.contentType(),
                        report.page(snapshots, names, format).parts())
                .with("Vary", "Accept");
    }

    private Optional<SnapshotStore.Pulse> pulse(String name) {
        return store.pulses().stream()
                .filter(pulse -> pulse.slot().target().name().equals(name))
                .findFirst();
    }

    private List<String> collectors(String name) {
        return store.slots().stream()
                .filter(slot -> slot.target().name().equals(name))
                .map(Slot::collector)
                .toList();
    }

    private String effectiveConfiguration(String name) {
        return fleet.plans().stream()
                .filter(plan ->
                        plan.targets().stream().anyMatch(target -> target.name().equals(name)))
                .map(PlanText::describe)
                .collect(Collectors.joining());
    }

    private String knownTargets() {
        var names = store.pulses().stream()
                .map(pulse -> pulse.slot().target().name())
                .toList();
        var shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining("\n  ", "known:\n  ", ""));
        return names.size() > NAMES_SHOWN ? shown + "\n  and " + (names.size() - NAMES_SHOWN) + " more" : shown;
    }
}
