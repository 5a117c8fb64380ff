// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.policy.Policy;
import io.highwater.scaler.policy.PolicySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples for Kubernetes fit the examples of configurations. */
class ExampleManifestsTest {

    private static final Path MANIFESTS = Path.of(System.getProperty("project.root", ".."), "examples", "kubernetes");

    /** With one replica at least, an HPA has nothing to do for these. */
    private static final Set<String> FOR_KEDA_ALONE = Set.of("plan");

    private static final Map<String, PolicySettings> POLICIES = new HashMap<>();

    @BeforeAll
    static void policies() throws Exception {
        POLICIES.putAll(ExampleConfigTest.load("city.yaml").policies());
        POLICIES.putAll(ExampleConfigTest.load("bundler.yaml").policies());
    }

    /** One document, by the keys that lead to a value. */
    private record Document(Map<?, ?> map) {
        Object at(Object... keys) {
            Object value = map;
            for (var key : keys) {
                value = value instanceof List<?> list ? list.get((Integer) key) : ((Map<?, ?>) value).get(key);
                assertThat(value).as("%s of %s", List.of(keys), map).isNotNull();
            }
            return value;
        }
    }

    private static List<Document> documents(String file) throws Exception {
        try (var in = Files.newInputStream(MANIFESTS.resolve(file))) {
            var documents = new Load(LoadSettings.builder().build()).loadAllFromInputStream(in);
            return StreamSupport.stream(documents.spliterator(), false)
                    .map(document -> new Document((Map<?, ?>) document))
                    .toList();
        }
    }

    @Test
    void everyHorizontalPodAutoscalerReadsThePolicyOfItsWorkloadAndNothingElse() throws Exception {
        var read = documents("hpas.yaml").stream().collect(toMap(hpa -> metric(hpa), hpa -> hpa));

        assertThat(read.keySet()).isEqualTo(without(FOR_KEDA_ALONE));
        read.forEach((name, hpa) -> {
            assertThat((List<?>) hpa.at("spec", "metrics")).hasSize(1);
            assertThat(hpa.at("spec", "metrics", 0, "external", "target", "averageValue"))
                    .isEqualTo("1");
            assertThat(hpa.at("spec", "scaleTargetRef", "kind")).isEqualTo("Deployment");
            assertFits(name, hpa, hpa.at("spec", "maxReplicas"));
            assertThat((Integer) hpa.at("spec", "minReplicas")).isPositive();
        });
    }

    private static String metric(Document hpa) {
        return (String) hpa.at("spec", "metrics", 0, "external", "metric", "name");
    }

    @Test
    void everyScaledObjectReadsThePolicyOfItsWorkloadAndNothingElse() throws Exception {
        var read = documents("scaledobjects.yaml").stream()
                .collect(toMap(
                        scaled -> (String) scaled.at("spec", "triggers", 0, "metadata", "metric"), scaled -> scaled));

        assertThat(read.keySet()).isEqualTo(POLICIES.keySet());
        read.forEach((name, scaled) -> {
            assertThat((List<?>) scaled.at("spec", "triggers")).hasSize(1);
            assertThat(scaled.at("spec", "triggers", 0, "type")).isIn("external", "external-push");
            assertFits(name, scaled, scaled.at("spec", "maxReplicaCount"));
            assertThat(scaled.at("spec", "minReplicaCount"))
                    .isEqualTo(policy(name).min());
        });
    }

    private static Set<String> without(Set<String> names) {
        return POLICIES.keySet().stream().filter(name -> !names.contains(name)).collect(toSet());
    }

    private static PolicySettings policy(String name) {
        return POLICIES.get(name);
    }

    /** The workload is the policy's, so its namespace may read it, and the autoscaler is no narrower. */
    private static void assertFits(String name, Document autoscaler, Object most) {
        var workload = new Policy(name, policy(name)).workload();
        assertThat(workload.resource()).isEqualTo("deployments.apps");
        assertThat(autoscaler.at("metadata", "namespace")).as(name).isEqualTo(workload.namespace());
        assertThat(autoscaler.at("spec", "scaleTargetRef", "name")).as(name).isEqualTo(workload.name());
        assertThat(most).as(name).isEqualTo(policy(name).max());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbac.yaml", "apiservice.yaml"})
    void theRestIsWhatTheGuideShows(String file) throws Exception {
        var shown = Files.readString(
                MANIFESTS.resolveSibling("../docs/kubernetes.md").normalize());

        assertThat(documents(file)).hasSizeGreaterThan(2).allSatisfy(document -> {
            assertThat(shown).contains("kind: " + document.at("kind"));
            assertThat(shown).contains("name: " + document.at("metadata", "name"));
        });
    }
}
