// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.PostgresLink;
import io.highwater.exporters.client.redis.RedisServers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * BullMQ 3 to 6: its queues in a Redis server alone, in a set with or without Sentinels, in Redis Cluster; those of 6 in
 * Postgres, too.
 */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class BullMqExporter implements Exporter<BullMqSettings> {

    private static final QueueFamilies FAMILIES = new QueueFamilies(QueueFamilies.BULLMQ, "prefix");

    static final List<CollectorSpec> COLLECTORS = List.of(
            new CollectorSpec(
                    QueueSession.PULSE,
                    "jobs in each state, the oldest, settings, events",
                    schedule(5, 4),
                    true,
                    List.of()),
            new CollectorSpec(QueueSession.DISCOVERY, "which queues there are", schedule(60, 30), true, List.of()),
            new CollectorSpec(QueueSession.WORKERS, "workers that are connected", schedule(10, 5), true, List.of()));

    private static Schedule schedule(int seconds, int timeout) {
        return new Schedule(
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(timeout),
                Duration.ofSeconds(seconds + timeout),
                20_000);
    }

    @Override
    public String component() {
        return QueueFamilies.BULLMQ;
    }

    @Override
    public Class<BullMqSettings> settings() {
        return BullMqSettings.class;
    }

    @Override
    public Family up() {
        return FAMILIES.up();
    }

    @Override
    public List<CollectorSpec> collectors() {
        return COLLECTORS;
    }

    @Override
    public List<Family> derivedFamilies() {
        return FAMILIES.all();
    }

    @Override
    public Collection<String> nodes(BullMqSettings settings) {
        return settings.nodes();
    }

    @Override
    public Session open(Target target, BullMqSettings settings) {
        var filter = new Discovery.Filter(settings.queues(), settings.ignore(), settings.maxQueues());
        boolean alone = settings.nodes().size() == 1;
        return settings.redis()
                .map(servers -> inRedis(target.node(), settings, servers, filter, alone))
                .orElseGet(() -> inPostgres(target.node(), settings, filter, alone));
    }

    private static Session inRedis(
            String node, BullMqSettings settings, RedisServers servers, Discovery.Filter filter, boolean alone) {
        var layout = new BullLayout(
                settings.prefixes(), BullMqSettings.literal(settings.queues()), true, settings.events(), FAMILIES);
        var discovery = new Discovery(layout, filter);
        var queues = new QueueServer(node, layout, discovery, alone, settings.exactJobs());
        return new QueueSession(node, servers.link(node), queues, discovery, settings.wake());
    }

    private static Session inPostgres(String node, BullMqSettings settings, Discovery.Filter filter, boolean alone) {
        var servers = settings.postgres().orElseThrow();
        var link = new PostgresLink(settings.database().map(servers::in).orElse(servers), node);
        var queues = new TableReader(node, settings.schema(), filter, FAMILIES, alone, settings.exactJobs());
        return new TableSession(link, queues);
    }

    @Override
    public Derivation derivation(BullMqSettings settings) {
        return new QueueView(QueueFamilies.BULLMQ, FAMILIES);
    }
}
