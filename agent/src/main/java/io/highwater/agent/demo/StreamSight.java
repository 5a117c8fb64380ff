// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What is seen of NATS servers, a stream and its consumer.
 *
 * @param messages in the stream
 * @param replicas of the stream that are up to date, its leader among them
 * @param margin how many more servers may fail before the stream stops
 * @param pending messages that wait for the consumer
 * @param oldest how long the oldest message has waited that the consumer has not done with
 * @param stuck how long messages have waited while none was delivered
 */
record StreamSight(
        List<Server> servers,
        String stream,
        String consumer,
        OptionalDouble messages,
        OptionalDouble replicas,
        OptionalDouble margin,
        OptionalDouble pending,
        OptionalDouble oldest,
        OptionalDouble stuck)
        implements Sight {

    private static final double LONG_SECONDS = 5;

    /** @param leads the stream, as the servers say */
    record Server(String name, boolean isUp, boolean leads) {}

    static StreamSight of(Readings now, List<String> names, String stream, String consumer) {
        var ofStream = "stream_name=\"" + stream + "\"";
        var ofConsumer = "consumer_name=\"" + consumer + "\"";
        return new StreamSight(
                names.stream().map(name -> server(now, name, ofStream)).toList(),
                stream,
                consumer,
                now.value("nats_stream_total_messages", ofStream),
                now.value("nats_stream_replicas_current", ofStream),
                now.value("ha_quorum_margin", "component=\"jetstream\"", "unit=\"stream\"", stream + "\""),
                now.value("nats_consumer_num_pending", ofStream, ofConsumer),
                now.value("nats_consumer_oldest_pending_age_seconds", ofStream, ofConsumer),
                now.value("nats_consumer_stuck_seconds", ofStream, ofConsumer));
    }

    private static Server server(Readings now, String name, String ofStream) {
        return new Server(
                name,
                now.value("nats_up", "node=\"" + name + "\"").orElse(0) == 1,
                now.value("nats_stream_leader_info", ofStream, "server_name=\"" + name + "\"")
                        .isPresent());
    }

    @Override
    public String words() {
        return "jetstream up=" + servers.stream().filter(Server::isUp).count() + "/" + servers.size()
                + " leader="
                + servers.stream()
                        .filter(Server::leads)
                        .map(Server::name)
                        .findFirst()
                        .orElse(Quantities.UNKNOWN)
                + " margin=" + Quantities.count(margin)
                + " pending=" + Quantities.count(pending)
                + " oldest=" + Quantities.compact(Quantities.seconds(oldest))
                + " stuck=" + Quantities.compact(Quantities.seconds(stuck));
    }

    @Override
    public List<String> picture(Ink ink) {
        return List.of(
                servers.stream().map(server -> text(server, ink)).collect(Collectors.joining("   ")),
                stream + ": " + Quantities.count(messages) + " messages   "
                        + ink.judge(
                                replicas.orElse(0) == servers.size(),
                                Quantities.count(replicas) + " of " + servers.size())
                        + " replicas up to date   "
                        + ink.judge(margin.orElse(-1) > 0, Quantities.count(margin)) + " more may fail",
                consumer + ": " + Quantities.count(pending) + " pending   oldest "
                        + Quantities.seconds(oldest, LONG_SECONDS, ink) + "   nothing delivered for "
                        + Quantities.seconds(stuck, LONG_SECONDS, ink));
    }

    private static String text(Server server, Ink ink) {
        return server.name + " " + ink.judge(server.isUp, server.isUp ? "up" : "down")
                + (server.leads ? " and leads" : "");
    }

    @Override
    public Curve curve() {
        return new Curve("pending", pending, Quantities::count);
    }
}
