// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.exporters.queue.QueuesSettings.Celery;
import io.highwater.exporters.queue.QueuesSettings.Elements;
import io.highwater.exporters.queue.QueuesSettings.End;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuesSettingsTest {

    private static final List<String> NONE = List.of();
    private static final List<String> ALL = List.of("*");

    private static QueuesSettings settings(List<Elements> lists, int maxQueues) {
        var server = Map.of("redis-1", new Address("redis-1.internal"));
        var redis = new RedisServers(server, Optional.empty(), Optional.empty(), Optional.empty());
        return new QueuesSettings(
                Optional.of(redis),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lists,
                List.of(),
                List.of(),
                Map.of(),
                NONE,
                maxQueues);
    }

    private static Elements list(String... keys) {
        return new Elements(List.of(keys), End.RIGHT, Optional.empty());
    }

    private static void refused(String key, Runnable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageStartingWith(key + ": ");
    }

    @Test
    void somethingIsToBeRead() {
        refused("says of no queues", () -> settings(List.of(), 1000));
        assertThat(settings(List.of(list("mails")), 1000).lists()).hasSize(1);
    }

    @Test
    void thereIsALimit() {
        refused("maxQueues", () -> settings(List.of(list("mails")), 0));
        refused("maxQueues", () -> settings(List.of(list("mails")), 10_001));
    }

    @Test
    void listsOfNamesHaveSome() {
        refused("keys", QueuesSettingsTest::list);
        refused("keys", () -> new QueuesSettings.Stream(NONE, ALL));
        refused("groups", () -> new QueuesSettings.Stream(List.of("orders"), NONE));
        refused("keys", () -> new QueuesSettings.Scheduler(NONE, QueuesSettings.Unit.SECONDS));
        refused("prefixes", () -> new QueuesSettings.Bull(NONE, ALL));
        refused("queues", () -> new QueuesSettings.Rq(List.of("rq"), NONE));
        refused("namespaces", () -> new QueuesSettings.Sidekiq(NONE, ALL));
        refused("prioritySteps", () -> celery(List.of(), "-"));
        refused("separator", () -> celery(List.of(0), ""));
        refused("timestampField", () -> new Elements(List.of("mails"), End.LEFT, Optional.of("a..b")));
        refused("timestampField", () -> new Elements(List.of("mails"), End.LEFT, Optional.of("")));
    }

    private static Celery celery(List<Integer> steps, String separator) {
        return new Celery(List.of(""), ALL, steps, separator, Optional.empty());
    }

    @Test
    void aKeyIsReadAsTheFirstThatNamesItSays() {
        var first = new Elements(List.of("mails:*"), End.LEFT, Optional.of("a.b"));
        var layout = ListReader.layout(List.of(first, list("*")));
        assertThat(layout.searches()).hasSize(2);
        assertThat(first.timePath()).containsExactly("a", "b");
    }
}
