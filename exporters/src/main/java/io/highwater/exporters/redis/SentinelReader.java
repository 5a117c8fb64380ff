// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.SentinelFamilies.*;

import io.highwater.core.CollectionException;
import io.highwater.core.Ha;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Fields;
import io.highwater.exporters.client.redis.Lane;
import io.highwater.exporters.client.redis.Reply;
import io.highwater.exporters.redis.SentinelState.Peer;
import io.highwater.exporters.redis.SentinelState.Watched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pulse of a Sentinel: the masters that it watches, and what it thinks of them and of the other Sentinels. */
final class SentinelReader implements Reader {

    private static final int FIRST_OF_MASTERS = 3;
    private static final int COMMANDS_EACH = 3;

    private final String node;
    private final RedisSettings settings;
    private Set<String> known = Set.of();

    SentinelReader(String node, RedisSettings settings) {
        this.node = node;
        this.settings = settings;
    }

    @Override
    public void read(Lane.Pipeline sentinel, Samples out) throws CollectionException {
        var replies = sentinel.ask(commands(known));
        var masters = masters(replies);
        // One pipeline, but for the first collection and when a master comes or goes.
        if (!masters.keySet().equals(known)) {
            known = Set.copyOf(masters.keySet());
            replies = sentinel.ask(commands(known));
            masters = masters(replies);
        }
        var info = Fields.ofInfo(replies.getFirst().text());
        if (!info.text("redis_mode").equals("sentinel")
                && !info.text("server_mode").equals("sentinel")) {
            throw new CollectionException(Reason.PROTOCOL, "this is a server, not a Sentinel");
        }
        out.add(MASTERS, masters.size());
        out.add(TILT, info.is("sentinel_tilt"));
        var watched = new HashMap<String, Watched>();
        int next = FIRST_OF_MASTERS;
        for (var name : known) {
            var master = masters.get(name);
            if (master != null) {
                watched.put(name, read(name, master, replies.subList(next, next + COMMANDS_EACH), out));
            }
            next += COMMANDS_EACH;
        }
        out.fact(new SentinelState(node, replies.get(1).text(), info.is("sentinel_tilt"), Map.copyOf(watched)));
    }

    private static List<List<String>> commands(Set<String> names) {
        var commands =
                new ArrayList<>(List.of(List.of("INFO"), List.of("SENTINEL", "MYID"), List.of("SENTINEL", "MASTERS")));
        for (var name : names) {
            commands.add(List.of("SENTINEL", "CKQUORUM", name));
            commands.add(List.of("SENTINEL", "SENTINELS", name));
            commands.add(List.of("SENTINEL", "REPLICAS", name));
        }
        return commands;
    }

    private Map<String, Fields> masters(List<Reply> replies) throws CollectionException {
        var masters = new LinkedHashMap<String, Fields>();
        for (var item : replies.get(2).items()) {
            var master = item.fields();
            var name = master.text("name");
            if (settings.masterName().isEmpty() || settings.masterName().get().equals(name)) {
                masters.put(name, master);
            }
        }
        return masters;
    }

    private static Watched read(String name, Fields master, List<Reply> replies, Samples out)
            throws CollectionException {
        var address = master.text("ip") + ":" + master.text("port");
        var others = new ArrayList<Peer>();
        for (var item : replies.get(1).items()) {
            var peer = item.fields();
            others.add(new Peer(peer.text("runid"), isWell(peer)));
        }
        var watched = new Watched(
                address,
                master.text("runid"),
                master.whole("quorum"),
                master.whole("config-epoch"),
                List.copyOf(others));
        int okSlaves = 0;
        for (var item : replies.get(2).items()) {
            okSlaves += isWell(item.fields()) ? 1 : 0;
        }
        out.add(CURRENT, 1, name, address);
        addQuorum(name, replies.get(0), out);
        out.add(STATUS, isWell(master), name, address, status(master));
        out.add(OK_SLAVES, okSlaves, name, address);
        out.add(OK_SENTINELS, 1.0 + others.stream().filter(Peer::reached).count(), name, address);
        add(name, address, master, out);
        return watched;
    }

    /** "OK …", or an error "NOQUORUM …": some client libraries make a false of both. */
    private static void addQuorum(String name, Reply reply, Samples out) {
        var error = reply.error().orElse("");
        if (error.isEmpty() || error.startsWith("NOQUORUM")) {
            out.add(CKQUORUM, error.isEmpty(), name);
        } else {
            out.note(CKQUORUM.name() + ": " + error);
        }
    }

    private static void add(String name, String address, Fields master, Samples out) {
        var labels = new String[] {name, address};
        var peers = master.number("num-other-sentinels");
        var quorum = master.number("quorum");
        master.number("num-slaves").ifPresent(count -> out.add(SLAVES, count, labels));
        master.number("config-epoch").ifPresent(epoch -> out.add(EPOCH, epoch, labels));
        master.number("last-ok-ping-reply").ifPresent(millis -> out.add(LAST_OK_PING, millis / 1e3, labels));
        peers.ifPresent(count -> {
            out.add(SENTINELS, count + 1, labels);
            out.add(Ha.CONFIG_FINDING, count + 1 < 3, RedisExporter.COMPONENT, "sentinels_fewer_than_3", name);
            quorum.ifPresent(votes -> out.add(
                    Ha.CONFIG_FINDING,
                    votes > count + 1,
                    RedisExporter.COMPONENT,
                    "sentinel_quorum_out_of_reach",
                    name));
        });
    }

    private static boolean isWell(Fields of) {
        var flags = of.text("flags");
        return !flags.contains("s_down") && !flags.contains("o_down") && !flags.contains("disconnected");
    }

    private static String status(Fields master) {
        var flags = master.text("flags");
        return flags.contains("o_down") ? "odown" : flags.contains("s_down") ? "sdown" : "ok";
    }
}
