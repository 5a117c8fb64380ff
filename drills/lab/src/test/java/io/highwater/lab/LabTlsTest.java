// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabTlsTest {

    @Test
    void givesClientsWhatServersAskFor() {
        var cluster = NatsCluster.newest()
                .nodes(1)
                .tls(NatsPlan.Tls.SERVERS_AND_CLIENTS)
                .start();
        try (cluster) {
            cluster.client().createStream("SECRETS", 1);
            var anonymous = Options.builder()
                    .server(cluster.urls().getFirst())
                    .userInfo(NatsUser.APP.login(), NatsUser.APP.secret())
                    .connectionTimeout(Duration.ofSeconds(5))
                    .noReconnect()
                    .errorListener(new ErrorListener() {})
                    .build();

            assertThatThrownBy(() -> Nats.connect(anonymous)).isInstanceOf(IOException.class);
            assertThat(cluster.tls().authority()).content().startsWith("-----BEGIN CERTIFICATE-----\n");
            assertThat(cluster.tls().clientCertificate()).content().startsWith("-----BEGIN CERTIFICATE-----\n");
            assertThat(cluster.tls().clientKey()).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        }
        assertThat(cluster.tls().clientKey().getParent()).doesNotExist();
    }
}
