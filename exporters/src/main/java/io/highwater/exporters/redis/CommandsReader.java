// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Fields;
import io.highwater.exporters.client.redis.Lane;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the server says of each command: calls, time, failures; and the length of its slow log. */
final class CommandsReader implements Reader {

    private static final Family CALLS = ofCommand("redis_commands_total", "Calls of the command.");
    private static final Family SECONDS =
            ofCommand("redis_commands_duration_seconds_total", "Time spent in the command.");
    private static final Family REJECTED =
            ofCommand("redis_commands_rejected_calls_total", "Calls that were refused before they ran.");
    private static final Family FAILED =
            ofCommand("redis_commands_failed_calls_total", "Calls that ended in an error.");
    private static final Family SLOWLOG = compatible("redis_slowlog_length", GAUGE, "Entries in the slow log.")
            .from("SLOWLOG LEN");

    static final List<Family> FAMILIES = List.of(CALLS, SECONDS, REJECTED, FAILED, SLOWLOG);

    private static final String OTHERS = "other";

    private record Numbers(double calls, double micros, double rejected, double failed) {

        static Numbers of(Fields parts) {
            return new Numbers(
                    parts.number("calls").orElse(0),
                    parts.number("usec").orElse(0),
                    parts.number("rejected_calls").orElse(0),
                    parts.number("failed_calls").orElse(0));
        }

        Numbers plus(Numbers more) {
            return new Numbers(
                    calls + more.calls, micros + more.micros, rejected + more.rejected, failed + more.failed);
        }
    }

    private final int most;

    /** Who has series of its own keeps them: else the counters of the others would fall. */
    private final Set<String> own = new HashSet<>();

    CommandsReader(int most) {
        this.most = most;
    }

    private static Family ofCommand(String name, String help) {
        return compatible(name, COUNTER, help).from("INFO commandstats").by("cmd");
    }

    @Override
    public void read(Lane.Pipeline server, Samples out) throws CollectionException {
        var replies = server.ask(List.of(List.of("INFO", "commandstats"), List.of("SLOWLOG", "LEN")));
        var commands = new TreeMap<String, Numbers>();
        Fields.ofInfo(replies.get(0).text())
                .each("cmdstat_", (command, value) -> commands.put(command, Numbers.of(Fields.ofParts(value))));
        choose(commands);
        var others = new Numbers(0, 0, 0, 0);
        for (var command : commands.entrySet()) {
            if (own.contains(command.getKey())) {
                add(command.getKey(), command.getValue(), out);
            } else {
                others = others.plus(command.getValue());
            }
        }
        if (others.calls > 0) {
            add(OTHERS, others, out);
        }
        var slowlog = replies.get(1);
        if (slowlog.error().isPresent()) {
            out.note(SLOWLOG.name() + ": " + slowlog.error().get());
        } else {
            out.add(SLOWLOG, slowlog.number());
        }
    }

    /** Those with the most time, as long as there is room. */
    private void choose(Map<String, Numbers> commands) {
        commands.entrySet().stream()
                .filter(command -> !own.contains(command.getKey()))
                .sorted(Comparator.comparingDouble(command -> -command.getValue().micros))
                .limit(Math.max(0, most - own.size()))
                .forEach(command -> own.add(command.getKey()));
    }

    private static void add(String command, Numbers numbers, Samples out) {
        out.add(CALLS, numbers.calls, command);
        out.add(SECONDS, numbers.micros / 1e6, command);
        out.add(REJECTED, numbers.rejected, command);
        out.add(FAILED, numbers.failed, command);
    }
}
