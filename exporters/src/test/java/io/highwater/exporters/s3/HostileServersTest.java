// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.probing;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Silence;
import io.highwater.exporters.Watched;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileServer;
import io.highwater.lab.MinioCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that refuse, hang, lie or die, beside a true one, and all of them probed at the same time. */
@Isolated("nobody else may print")
class HostileServersTest {

    @RegisterExtension
    static final Silence silence = new Silence();

    private static final String TRUE_ONE = "true";
    private static final String BILLION_LAUGHS =
            "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><Error><Code>&b;</Code></Error>";

    private static final Map<String, HostileServer> hostile = new LinkedHashMap<>();
    private static MinioCluster minio;
    private static Watched watched;

    @BeforeAll
    static void watchThemAll() {
        minio = MinioCluster.alone().start();
        minio.client().createBucket(Stores.BUCKET);
        hostile.put("silent", HostileServer.silent());
        hostile.put("closing", HostileServer.closing());
        hostile.put("garbage", HostileServer.garbage());
        hostile.put("failing", HostileHttp.failing());
        hostile.put("wanting a login", HostileHttp.answering(401, "{}"));
        hostile.put("forbidding", HostileHttp.answering(403, "<html><body>Forbidden</body></html>"));
        hostile.put("unavailable", HostileHttp.answering(503, "<html><body>no server is available</body></html>"));
        hostile.put("slowing down", HostileHttp.answering(503, "<Error><Code>SlowDown</Code></Error>"));
        hostile.put("moved", HostileHttp.answering(301, "<Error><Code>PermanentRedirect</Code></Error>"));
        hostile.put("entities", HostileHttp.answering(400, BILLION_LAUGHS));
        hostile.put("deep", HostileHttp.answering(400, "<a>".repeat(100_000)));
        hostile.put("loud", HostileHttp.answering(400, "<Error><Code>" + "x".repeat(1 << 20) + "</Code></Error>"));
        var wide = "<a/>".repeat(1 << 20);
        hostile.put("wide", HostileHttp.answering(400, "<Error><Code>SlowDown</Code>" + wide + "</Error>"));
        hostile.put("page of people", HostileHttp.answering(200, "<html><body>Sign in</body></html>"));
        hostile.put("dying in body", HostileHttp.dyingInBody());
        hostile.put("hanging in body", HostileHttp.hangingInBody());
        hostile.put("dripping", HostileHttp.drippingBody(Duration.ofMillis(10)));
        hostile.put("endless", HostileHttp.endlessBody());
        hostile.put("bomb", HostileHttp.gzipBomb("<a></a>".repeat(10_000), 1000));
        var endpoints = new LinkedHashMap<String, String>();
        hostile.forEach((name, server) -> endpoints.put(name, "http://127.0.0.1:" + server.port()));
        endpoints.put("closed", "http://127.0.0.1:" + FreePort.next());
        endpoints.put("unknown", "http://no-such-host.invalid");
        endpoints.put("plain", "https://127.0.0.1:" + minio.node(1).port());
        endpoints.put(TRUE_ONE, minio.node(1).url());
        watched = probing(endpoints)
                .with(Map.of(Stores.BUCKET, new BucketPlan(true, true, true, true, true)))
                .watch();
    }

    @AfterAll
    static void end() {
        watched.close();
        minio.close();
        hostile.values().forEach(HostileServer::close);
    }

    @ParameterizedTest
    @CsvSource({
        "silent,timeout",
        "closing,protocol",
        "garbage,protocol",
        "failing,unavailable",
        "wanting a login,auth",
        "forbidding,denied",
        "unavailable,unavailable",
        "slowing down,throttled",
        "moved,redirect",
        "entities,protocol",
        "deep,protocol",
        "loud,protocol",
        "wide,protocol",
        "page of people,checksum",
        "dying in body,protocol",
        "hanging in body,timeout",
        "closed,refused",
        "unknown,resolve",
        "plain,tls"
    })
    void whoFailsItsUsersIsDownAloneAndSaysWhy(String name, String reason) {
        await().until(() -> watched.value("s3_probe_failures_total", "node", name, "reason", reason)
                        .orElse(0)
                >= 2);
        assertThat(watched.value("s3_up", "node", name)).hasValue(0);
        assertThat(watched.value("s3_probe_successes_total", "node", name)).hasValue(0);
        if (!reason.equals("denied")) { // what we may not ask is a note
            assertThat(watched.reason(name, "posture")).isPresent();
            assertThat(watched.reason(name, "leftovers")).isPresent();
        }
    }

    /** How far they come until their deadline depends on the machine. */
    @ParameterizedTest
    @ValueSource(strings = {"endless", "dripping", "bomb"})
    void aBodyWithoutAnEndIsCut(String name) {
        await().until(() -> watched.runs(name, "probe") >= 3 && watched.is(0, "s3_up", "node", name));
    }

    @Test
    void theTrueOneAmongThemIsAsItIs() {
        await().until(() -> watched.is(1, "s3_up", "node", TRUE_ONE)
                && watched.is(0, "s3_bucket_versioning_enabled", "bucket", Stores.BUCKET));
        assertThat(watched.value("ha_quorum_members", "state", "online")).hasValue(1);
        assertThat(watched.value("ha_quorum_margin")).hasValue(0);
        assertThat(watched.value("ha_outage_seconds")).hasValue(0);
    }

    @Test
    void messagesAreForPeople() {
        await().until(() -> watched.store().complete());
        watched.assertMessagesAreForPeople();
        assertThat(watched.page()).doesNotContain(MinioCluster.ROOT.secretKey());
    }
}
