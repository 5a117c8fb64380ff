// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are none are refused, with the path to them. */
class SchemaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        replicas: 3                                                    |                                          | replicas
        metricsApi: { enable: true }                                   | /metricsApi                              | enable
        keda: { tls: { secret: { nmae: x } } }                         | /keda/tls/secret                         | nmae
        serviceMonitor: { targetLabel: [team] }                        | /serviceMonitor                          | targetLabel
        podMonitor: { targetLabels: [team] }                           | /podMonitor                              | targetLabels
        alerts: { PostgresNoPrimry: { enabled: false } }               | /alerts                                  | PostgresNoPrimry
        alerts: { PostgresNoPrimary: { fro: 1m } }                     | /alerts/PostgresNoPrimary                | fro
        alerts: { Watchdog: { threshold: 2 } }                         | /alerts/Watchdog                         | threshold
        autoscalers: { wallet: { by: hpa, namespce: city } }           | /autoscalers/wallet                      | namespce
        secretMounts: [{ secretNam: x, mountPath: /x }]                | /secretMounts/0                          | secretNam
        """)
    void anUnknownKeyIsRefused(String values, String path, String key) {
        assertThatThrownBy(() -> Chart.render("minimal", values))
                .hasMessageContaining("at '" + (path == null ? "" : path) + "'")
                .hasMessageContaining("additional properties '" + key + "' not allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        level: L4                                                      | /level
        replicaCount: two                                              | /replicaCount
        alerts: { PostgresNoPrimary: { threshold: many } }             | /alerts/PostgresNoPrimary/threshold
        alerts: { PostgresNoPrimary: { for: 60 } }                     | /alerts/PostgresNoPrimary/for
        alerts: { PostgresNoPrimary: { for: one minute } }             | /alerts/PostgresNoPrimary/for
        alerts: { PostgresNoPrimary: { severity: page } }              | /alerts/PostgresNoPrimary/severity
        image: { digest: latest }                                      | /image/digest
        metricsApi: { certificate: { source: self } }                  | /metricsApi/certificate/source
        autoscalers: { wallet: { by: vpa, namespace: a, target: { name: b }, max: 1 } } | /autoscalers/wallet/by
        """)
    void aWrongValueIsRefused(String values, String path) {
        assertThatThrownBy(() -> Chart.render("minimal", values)).hasMessageContaining("at '" + path + "'");
    }

    @Test
    void aChartAroundThisOneMayHaveGlobals() {
        assertThat(Chart.render("minimal", "global: { imageRegistry: x }").objects())
                .isNotEmpty();
    }
}
