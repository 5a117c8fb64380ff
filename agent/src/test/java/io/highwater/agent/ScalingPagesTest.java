// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.RedisSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals and policies as people see them: pages and metrics of an agent that watches a real Redis. */
@Timeout(120)
class ScalingPagesTest {

    private static final String EXPLAIN = "/explain/v1/namespaces/wallet/policies/workers";

    @SuppressWarnings("NullAway.Init")
    private static RedisSet redis;

    @SuppressWarnings("NullAway.Init")
    private RunningAgent agent;

    @BeforeAll
    static void startRedis() {
        redis = RedisSet.plan().replicas(0).sentinels(0).start();
        for (int i = 0; i < 42; i++) {
            redis.master().command("SET", "key-" + i, "x");
        }
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start(@TempDir Path directory) {
        agent = RunningAgent.start(directory, yaml(10), Map.of()).awaitReady();
        await().until(() -> agent.get("/signals/keys").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        redis.master().resume();
        agent.close();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    private static String yaml(int perReplica) {
        return """
                clusters:
                  cache:
                    redis:
                      nodes: { redis-1: "%s" }
                      collectors: { state: { interval: 1s } }
                signals:
                  keys: { family: redis_db_keys, where: { db: db0, node: redis-1 }, namespaces: [ wallet ] }
                  running: { family: ha_quorum_members, where: { cluster: cache, component: redis, state: configured } }
                policies:
                  workers:
                    scale: wallet/deployment/worker
                    min: 2
                    max: 9
                    replicas: running
                    inputs: [ { signal: keys, perReplica: %d } ]
                """.formatted(redis.master().address(), perReplica);
    }

    @Test
    void signalsAreShownWithTheirQualityAndTime() {
        assertThat(agent.page("/signals/keys"))
                .contains("\"kind\":\"signal\"", "\"quality\":\"fresh\"", "\"value\":42.0", "\"sampledAt\":\"20");
        await().until(() -> agent.page("/signals"), page -> page.contains("\"workers\":{\"kind\":\"policy\""));
        assertThat(agent.get("/signals/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void aDecisionIsExplainedInWordsAndAsJson() {
        await().until(() -> agent.page(EXPLAIN), page -> page.contains("answers   5"));
        assertThat(agent.page(EXPLAIN))
                .contains("because   5 replicas for keys (42 / 10 per replica)")
                .contains("keys = 42, fresh")
                .contains("changes   one more when keys is above 50");
        assertThat(agent.get(EXPLAIN, "Accept", "application/json").body())
                .contains("\"policy\":\"workers\"", "\"replicas\":5", "\"wanted\":4.2");
        assertThat(agent.page("/explain")).contains(EXPLAIN);
        assertThat(agent.get("/explain/v1/namespaces/other/policies/workers").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBackendThatHangsIsAnErrorAndNeverAZero() {
        redis.master().pause();
        await().until(() -> agent.get("/signals/keys").statusCode() == 503);
        assertThat(agent.get("/signals/keys").body())
                .contains("\"error\":\"signal keys is stale: ")
                .doesNotContain("\"value\"");
        await().until(() -> agent.get("/signals/workers").statusCode() == 503);
        assertThat(agent.page("/metrics"))
                .contains("highwater_signal_quality{quality=\"stale\",signal=\"keys\"} 1")
                .doesNotContain("highwater_policy_replicas{namespace=\"wallet\",policy=\"workers\"}");
        redis.master().resume();
        await().until(() -> agent.get("/signals/workers").statusCode() == 200);
    }

    @Test
    void whatIsDecidedIsAMetric() {
        await().until(() -> agent.page("/metrics"), page -> page.contains("highwater_policy_replicas{"));
        assertThat(agent.page("/metrics"))
                .contains("highwater_signal_value{signal=\"keys\"} 42")
                .contains("highwater_policy_wanted_replicas{namespace=\"wallet\",policy=\"workers\"} 4.2")
                .contains("highwater_policy_replicas{namespace=\"wallet\",policy=\"workers\"} 5");
    }

    @Test
    void aReloadChangesPoliciesAndARefusedOneChangesNothing() {
        agent.write(yaml(6));
        assertThat(agent.post("/-/reload").statusCode()).isEqualTo(200);
        await().until(() -> agent.page(EXPLAIN), page -> page.contains("answers   7"));
        agent.write(yaml(6).replace("redis_db_keys", "redis_db_kyes"));
        assertThat(agent.post("/-/reload").body()).contains("did you mean \"redis_db_keys\"?");
        assertThat(agent.page(EXPLAIN)).contains("answers   7");
    }
}
