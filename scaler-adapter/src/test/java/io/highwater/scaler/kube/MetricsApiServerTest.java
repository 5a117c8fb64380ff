// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import static io.highwater.scaler.kube.ScriptedMetrics.number;
import static io.highwater.scaler.kube.ScriptedMetrics.numbers;
import static io.highwater.scaler.kube.ScriptedMetrics.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Reading.Quality;
import io.highwater.scaler.Value;
import io.highwater.scaler.kube.client.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes gets to read, asked for as its aggregator and its autoscaler ask. */
@Timeout(120)
class MetricsApiServerTest {

    private static final String EXTERNAL = "/apis/external.metrics.k8s.io/v1beta1";
    private static final String SHOP = EXTERNAL + "/namespaces/shop/";
    private static final String CUSTOM = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/";

    private static final ObjectReference WEB = new ObjectReference("shop", "deployments.apps", "web");
    private static final ObjectReference API = new ObjectReference("shop", "deployments.apps", "api");

    private static Running running;
    private static Aggregator aggregator;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        running = Running.start(
                folder,
                new ScriptedMetrics()
                        .with("wallet-lag", number(1.5), WEB, API, new ObjectReference("shop", "namespaces", "shop"))
                        .with("idle", number(0))
                        .with("held", new Reading.Numbers(Quality.STALE, List.of(value(Map.of(), 7))))
                        .with(
                                "rate",
                                numbers(new Value(Map.of(), 12_000, ScriptedMetrics.SAMPLED, Duration.ofMinutes(1))))
                        .with(
                                "depth",
                                numbers(value(Map.of("queue", "plan"), 3), value(Map.of("queue", "post"), 4)),
                                WEB)
                        .with("dead", new Reading.Unknown("the consumer has not answered for 40 s"))
                        .with("below", number(-3))
                        .with("beyond", number(1e16)));
        aggregator = Aggregator.of(running.server);
    }

    @AfterAll
    static void stop() {
        aggregator.close();
        running.close();
    }

    @BeforeEach
    void allowEverything() {
        running.apiServer.allows = _ -> true;
        running.apiServer.accessReviews.clear();
    }

    @Test
    void isAvailableWithoutAnybodyBeingAsked() {
        assertThat(aggregator.check("external.metrics.k8s.io/v1beta1"))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
        assertThat(aggregator.check("custom.metrics.k8s.io/v1beta2"))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
        assertThat(running.apiServer.accessReviews).isEmpty();
    }

    @Test
    void isDiscoveredInOneDocumentThatIsSentOnce() throws Exception {
        HttpResponse<String> first = aggregator.aggregatedDiscovery();
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = aggregator.aggregatedDiscovery(tag);

        assertThat(first.headers().firstValue("Content-Type")).contains(Aggregator.AGGREGATED_DISCOVERY);
        Json list = json(first);
        assertThat(list.at("kind").text()).contains("APIGroupDiscoveryList");
        assertThat(list.at("apiVersion").text()).contains("apidiscovery.k8s.io/v2");
        assertThat(list.at("items").elements())
                .extracting(item -> item.at("metadata", "name").text().orElseThrow())
                .containsExactly("external.metrics.k8s.io", "external.example.org", "custom.metrics.k8s.io");
        Json version =
                list.at("items").elements().getLast().at("versions").elements().getFirst();
        assertThat(version.at("version").text()).contains("v1beta2");
        assertThat(version.at("resources").elements()).hasSize(1);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void isDiscoveredByWhoIsInNoGroup() throws Exception {
        HttpResponse<String> response = aggregator.fallbackDiscovery("external.metrics.k8s.io/v1beta1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response).at("resources").elements())
                .singleElement()
                .satisfies(resource -> assertThat(resource.at("verbs").texts()).containsExactly("get"));
        assertThat(running.apiServer.specifications()).singleElement().satisfies(asked -> {
            assertThat(asked.at("groups").texts()).containsExactly("system:authenticated");
            assertThat(asked.at("nonResourceAttributes", "path").text()).contains(EXTERNAL);
            assertThat(asked.at("nonResourceAttributes", "verb").text()).contains("get");
        });
    }

    @Test
    void listsItsGroupsTheOldWay() throws Exception {
        Json groups = json(aggregator.get("/apis"));
        assertThat(groups.at("kind").text()).contains("APIGroupList");
        assertThat(groups.at("groups").elements()).hasSize(3);
        Json custom = json(aggregator.get("/apis/custom.metrics.k8s.io"));
        assertThat(custom.at("kind").text()).contains("APIGroup");
        assertThat(custom.at("preferredVersion", "groupVersion").text()).contains("custom.metrics.k8s.io/v1beta2");
        assertThat(custom.at("versions").elements()).hasSize(2);
        assertThat(json(aggregator.get("/version")).at("gitVersion").text()).contains("v1.2.3-highwater");
    }

    @Test
    void describesItselfInOpenApi() throws Exception {
        HttpResponse<String> two = aggregator.openApi("/openapi/v2");
        assertThat(json(two).at("swagger").text()).contains("2.0");
        assertThat(aggregator
                        .openApi("/openapi/v2", two.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);

        Json index = json(aggregator.openApi("/openapi/v3"));
        String document = index.at("paths", "apis/external.metrics.k8s.io/v1beta1", "serverRelativeURL")
                .text()
                .orElseThrow();
        assertThat(json(aggregator.openApi(document)).at("paths").fields())
                .containsOnlyKeys(EXTERNAL + "/namespaces/{namespace}/{metric}");
    }

    @Test
    void givesTheAutoscalerProtobuf() throws Exception {
        HttpResponse<byte[]> response = aggregator.external("shop", "depth", "queue=post");

        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.kubernetes.protobuf");
        // Read back with the types of k8s.io/metrics 0.36, it is what the JSON of the next test would be.
        assertThat(HexFormat.of().formatHex(response.body())).isEqualTo(DEPTH_OF_POST);
    }

    private static final String DEPTH_OF_POST =
            "6b3873000a3a0a1f65787465726e616c2e6d6574726963732e6b38732e696f2f76316265746131121745787465726e616c4d657472696356616c75654c69737412270a0012230a056465707468120d0a0571756575651204706f73741a0608a0bea1d7062a030a0134";

    @Test
    void givesOthersJson() throws Exception {
        assertThat(aggregator
                        .get(SHOP
                                + "depth?labelSelector=queue%3Dpost&limit=500&resourceVersion=0&timeout=5s&pretty=true")
                        .body())
                .isEqualTo("{\"kind\":\"ExternalMetricValueList\",\"apiVersion\":\"external.metrics.k8s.io/v1beta1\","
                        + "\"metadata\":{},\"items\":[{\"metricName\":\"depth\",\"metricLabels\":{\"queue\":\"post\"},"
                        + "\"timestamp\":\"2026-11-02T10:00:00Z\",\"value\":\"4\"}]}");
        Json rate = json(aggregator.get("/apis/external.example.org/v1beta1/namespaces/shop/rate"));
        assertThat(rate.at("apiVersion").text()).contains("external.example.org/v1beta1");
        Json item = rate.at("items").elements().getFirst();
        assertThat(item.at("window").whole()).hasValue(60);
        assertThat(item.at("value").text()).contains("12k");
    }

    @ParameterizedTest
    @CsvSource({"wallet-lag, 1500m", "idle, 0", "held, 7"})
    void servesWhatIsKnownAndWhatIsHeld(String metric, String quantity) throws Exception {
        HttpResponse<String> response = aggregator.get(SHOP + metric);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("items").elements())
                .singleElement()
                .satisfies(item -> assertThat(item.at("value").text()).contains(quantity));
    }

    @Test
    void servesAsManyValuesAsTheSelectorLeaves() throws Exception {
        assertThat(items(SHOP + "depth")).hasSize(2);
        assertThat(items(SHOP + "depth?labelSelector=queue+in+(plan,post),!other"))
                .hasSize(2);
        assertThat(items(SHOP + "depth?labelSelector=queue%21%3Dplan")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    walet-lag                          | 404 | NotFound           | there is no metric "walet-lag"; did you mean "wallet-lag"?
                    quite-another                      | 404 | NotFound           | there are below, beyond, dead, depth, held, idle, rate, wallet-lag
                    a%2Fb                              | 404 | NotFound           | there is no metric "a/b"
                    depth/more                         | 404 | NotFound           | is at /apis/external.metrics.k8s.io/v1beta1/namespaces/NAMESPACE/METRIC
                    status                             | 404 | NotFound           | NAMESPACE/METRIC
                    dead                               | 503 | ServiceUnavailable | metric "dead" has no value: the consumer has not answered for 40 s
                    below                              | 503 | ServiceUnavailable | metric "below" is -3.0
                    beyond                             | 503 | ServiceUnavailable | above 9.2e15
                    depth?labelSelector=queue%3Dnone   | 404 | NotFound           | no value for the selector "queue=none"; it has the labels queue and 2 values
                    idle?labelSelector=queue           | 404 | NotFound           | it has no labels and 1 value
                    depth?labelSelector=queue%3D%3D%3D | 400 | BadRequest         | expected a value at character 8, found '='
                    depth?fieldSelector=metadata.name  | 400 | BadRequest         | use labelSelector
                    depth?watch=1                      | 405 | MethodNotAllowed   | cannot be watched
                    """)
    void saysWhatIsWrong(String path, int code, String reason, String message) throws Exception {
        assertRefused(aggregator.get(SHOP + path), code, reason, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /apis/external.metrics.k8s.io/v1beta1/depth                             | 404 | NAMESPACE/METRIC
                    /apis/external.metrics.k8s.io/v1beta1/namespaces/shop                   | 404 | NAMESPACE/METRIC
                    /apis/external.metrics.k8s.io/v1beta1/namespaces/bank/depth             | 403 | may not be read from namespace "bank": add it to the metric's key "namespaces"
                    /apis/external.metrics.k8s.io/v1/namespaces/shop/depth                  | 404 | the API external.metrics.k8s.io/v1 is not served here
                    /apis/other.example.org/v1/namespaces/shop/depth                        | 404 | the API other.example.org/v1 is not served here
                    /api                                                                    | 404 | /api is not served here
                    /apis/custom.metrics.k8s.io/v1beta1/deployments.apps/web/wallet-lag     | 404 | a metric of an object is at
                    /apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/services/web/depth  | 404 | metric "depth" is none of services/web in namespace "shop"; it is of deployments.apps/web
                    /apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/pods/*/idle         | 404 | read it as an external metric
                    /apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/deployments.apps/web/depth | 400 | has 2 values, and that of an object is one
                    /apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/deployments.apps/*/wallet-lag?labelSelector=a | 400 | name the object
                    """)
    void saysWhatIsNotServed(String path, int code, String message) throws Exception {
        assertRefused(aggregator.get(path), code, "", message);
    }

    @Test
    void servesMetricsOfObjects() throws Exception {
        assertThat(aggregator.get(CUSTOM + "deployments.apps/web/wallet-lag").body())
                .isEqualTo(
                        "{\"kind\":\"MetricValueList\",\"apiVersion\":\"custom.metrics.k8s.io/v1beta2\",\"metadata\":{},"
                                + "\"items\":[{\"describedObject\":{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\","
                                + "\"namespace\":\"shop\",\"name\":\"web\"},\"metric\":{\"name\":\"wallet-lag\"},"
                                + "\"timestamp\":\"2026-11-02T10:00:00Z\",\"value\":\"1500m\"}]}");
        assertThat(items(CUSTOM + "deployments.apps/*/wallet-lag"))
                .extracting(item -> item.at("describedObject", "name").text().orElseThrow())
                .containsExactly("web", "api");
        assertThat(items(CUSTOM + "metrics/wallet-lag")).hasSize(1);
        Json older = items(CUSTOM.replace("v1beta2", "v1beta1")
                        + "deployments.apps/web/depth?metricLabelSelector=queue%3Dplan")
                .getFirst();
        assertThat(older.at("metricName").text()).contains("depth");
        assertThat(older.at("value").text()).contains("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void isOnlyRead(String method) throws Exception {
        HttpResponse<String> response =
                aggregator.send(method, SHOP + "depth", "X-Remote-User", "admin", "X-Remote-Group", "system:masters");
        assertRefused(response, 405, "MethodNotAllowed", method);
    }

    @Test
    void sendsWhatIsAccepted() throws Exception {
        assertThat(accepting("application/json;as=Table;v=v1;g=meta.k8s.io,application/json"))
                .contains("application/json");
        assertThat(accepting("application/json;q=0.4, application/vnd.kubernetes.protobuf;q=0.5"))
                .contains("application/vnd.kubernetes.protobuf");
        HttpResponse<String> neither = aggregator.send(
                "GET", SHOP + "depth", "X-Remote-User", "jane", "Accept", "text/html, application/yaml");
        assertRefused(neither, 406, "NotAcceptable", "application/vnd.kubernetes.protobuf");
    }

    @Test
    void countsReadsByWhereFromAndHowTheyEnded() throws Exception {
        double before = reads("shop", "stale");
        double refused = reads("", "forbidden");
        aggregator.get(SHOP + "held");
        aggregator.get(EXTERNAL + "/namespaces/bank/held");

        assertThat(reads("shop", "stale")).isEqualTo(before + 1);
        assertThat(reads("", "forbidden")).isEqualTo(refused + 1);
        assertThat(running.meters
                        .find("highwater.kubernetes.reads")
                        .tag("namespace", "bank")
                        .counters())
                .isEmpty();
        assertThat(running.meters
                        .get("highwater.kubernetes.certificate.expiry.timestamp.seconds")
                        .tag("certificate", "serving")
                        .gauge()
                        .value())
                .isEqualTo(ClusterCertificates.CLUSTER
                                .of("server")
                                .getNotAfter()
                                .toInstant()
                                .toEpochMilli()
                        / 1e3);
    }

    private static double reads(String namespace, String result) {
        var counter = running.meters
                .find("highwater.kubernetes.reads")
                .tags("group", "external.metrics.k8s.io", "namespace", namespace, "result", result)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static java.util.Optional<String> accepting(String accept) throws Exception {
        return aggregator
                .send("GET", SHOP + "depth", "X-Remote-User", "jane", "Accept", accept)
                .headers()
                .firstValue("Content-Type");
    }

    private static List<Json> items(String path) throws Exception {
        HttpResponse<String> response = aggregator.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).at("items").elements();
    }

    static void assertRefused(HttpResponse<String> response, int code, String reason, String message) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
        Json status = json(response);
        assertThat(status.at("kind").text()).contains("Status");
        assertThat(status.at("code").whole()).hasValue(code);
        assertThat(status.at("reason").text().orElseThrow()).contains(reason);
        assertThat(status.at("message").text().orElseThrow()).contains(message);
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    static Json json(HttpResponse<String> response) throws Exception {
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    }
}
