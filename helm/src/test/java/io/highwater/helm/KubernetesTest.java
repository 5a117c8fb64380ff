// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each object is as Kubernetes' schema, or the schema of its operator, has it: no field that is not there, none of another kind. */
@ExtendWith(Cluster.class)
class KubernetesTest {

    static Stream<Path> examples() {
        return Chart.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyObjectFitsItsSchema(Path values) {
        for (var object : Chart.render(List.of(values)).objects()) {
            assertThatCode(() -> StrictSchema.check(object))
                    .as(
                            "%s %s",
                            object.at("kind").text(),
                            object.at("metadata", "name").text())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anUnknownKindIsNotPassedOver() {
        assertThatThrownBy(() -> StrictSchema.check(Node.parse("{ apiVersion: example.org/v1, kind: Thing }")))
                .hasMessageContaining("example.org/v1 Thing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {apiVersion: apps/v1, kind: Deployment, spec: {replica: 1}}                                                                    | replica
        {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a, imag: b}]}}}}                          | imag
        {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a, securityContext: {privilege: 1}}]}}}}  | privilege
        {apiVersion: apps/v1, kind: Deployment, spec: {replicas: two}}                                                                 | replicas
        {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {metrics: [{type: External, external: {metrc: {}}}]}}        | metrc
        {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoints: [{port: http, intervall: 1s}]}}                 | intervall
        {apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {groups: [{name: a, rules: [{alert: a, fro: 1s}]}]}}        | fro
        {apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {triggers: [{type: external, metdata: {}}]}}                          | metdata
        {apiVersion: cert-manager.io/v1, kind: Certificate, spec: {secretNam: a}}                                                      | secretNam
        """)
    void whatIsNotInTheSchemaIsRefused(String object, String field) {
        assertThatThrownBy(() -> StrictSchema.check(Node.parse(object))).hasMessageContaining(field);
    }

    @Test
    void thePodIsOfTheRestrictedStandard() {
        var pod = Chart.render("full").one("Deployment").at("spec", "template", "spec");
        var container = Chart.render("full").agent();

        assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        assertThat(pod.at("securityContext", "seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
        assertThat(container.at("securityContext", "allowPrivilegeEscalation").value())
                .isEqualTo(false);
        assertThat(container.at("securityContext", "readOnlyRootFilesystem").value())
                .isEqualTo(true);
        assertThat(container.at("securityContext", "capabilities", "drop", 0).text())
                .isEqualTo("ALL");
        assertThat(container.find("securityContext", "capabilities", "add")).isEmpty();
        assertThat(pod.find("hostNetwork")).isEmpty();
        assertThat(pod.at("volumes").items())
                .allSatisfy(volume -> assertThat(volume.find("hostPath")).isEmpty());
    }

    @Test
    void theTokenOfTheAccountIsThereForWhoNeedsIt() {
        assertThat(token("minimal")).isEqualTo(false);
        assertThat(token("keda")).isEqualTo(true);
        assertThat(token("kubernetes-hpa")).isEqualTo(true);
    }

    private static Object token(String example) {
        return String.valueOf(Chart.render(example)
                        .one("Deployment")
                        .at("spec", "template", "spec", "automountServiceAccountToken")
                        .value())
                .equals("true");
    }

    @Test
    void aChangedConfigurationStartsNewPods() {
        assertThat(checksum("log: { level: debug }")).isEqualTo(checksum("{}"));
        assertThat(checksum("config: { clusters: { orders-db: { level: L3 } } }"))
                .isNotEqualTo(checksum("{}"));
    }

    private static String checksum(String values) {
        return Chart.render("minimal", values)
                .one("Deployment")
                .at("spec", "template", "metadata", "annotations", "checksum/config")
                .text();
    }

    @Test
    void aPodThatIsToEndGoesOnAnsweringWhereKubernetesCanWait() {
        var values = List.of(Chart.example("minimal"));

        assertThat(Chart.render(values, "1.34.0")
                        .agent()
                        .at("lifecycle", "preStop", "sleep", "seconds")
                        .value())
                .isEqualTo(5);
        assertThat(Chart.render(values, "1.29.0").agent().find("lifecycle")).isEmpty();
    }
}
