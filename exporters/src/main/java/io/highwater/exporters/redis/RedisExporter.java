// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Redis 6 to 8 and Valkey: a server alone, a set of master and replicas with or without Sentinels, Redis Cluster. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class RedisExporter implements Exporter<RedisSettings> {

    static final String COMPONENT = "redis";
    static final String PULSE = "state";

    private static final List<CollectorSpec> COLLECTORS = List.of(
            new CollectorSpec(
                    PULSE,
                    "role, replication, memory, persistence; of a Sentinel, its masters and the other Sentinels",
                    Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                    true,
                    Stream.concat(ServerFamilies.ALL.stream(), SentinelFamilies.ALL.stream())
                            .toList()),
            new CollectorSpec(
                    "commands", "calls and time of each command, slow log", every(30), true, CommandsReader.FAMILIES),
            new CollectorSpec(
                    "settings", "settings that matter for availability", every(60), true, SettingsReader.FAMILIES));

    private static Schedule every(int seconds) {
        return Schedule.of(Duration.ofSeconds(seconds), Duration.ofSeconds(5));
    }

    /** What the collector of that name does at that server or Sentinel. */
    static Reader reader(String collector, String node, RedisSettings settings) {
        if (settings.isSentinel(node)) {
            return collector.equals(PULSE) ? new SentinelReader(node, settings) : Reader.NOTHING;
        }
        return switch (collector) {
            case PULSE -> new ServerReader(node, settings);
            case "commands" -> new CommandsReader(settings.topCommands());
            case "settings" -> new SettingsReader(settings.purpose());
            default -> throw new IllegalArgumentException("no collector " + collector);
        };
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<RedisSettings> settings() {
        return RedisSettings.class;
    }

    @Override
    public Family up() {
        return ServerFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return COLLECTORS;
    }

    @Override
    public List<Family> derivedFamilies() {
        return DerivedFamilies.ALL;
    }

    @Override
    public Collection<String> nodes(RedisSettings settings) {
        return settings.targets();
    }

    @Override
    public Session open(Target target, RedisSettings settings) {
        return new RedisSession(target, settings);
    }

    @Override
    public Derivation derivation(RedisSettings settings) {
        return new RedisView(settings);
    }
}
