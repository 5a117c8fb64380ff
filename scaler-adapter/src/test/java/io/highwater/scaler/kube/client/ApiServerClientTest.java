// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.scaler.kube.ClusterCertificates;
import io.highwater.scaler.kube.EmulatedApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiServerClientTest {

    @TempDir
    private Path folder;

    private EmulatedApiServer server;
    private ApiServerClient client;

    @BeforeEach
    void start() throws Exception {
        server = EmulatedApiServer.start();
        Files.writeString(folder.resolve("ca.crt"), ClusterCertificates.CLUSTER.certificate("ca"));
        Files.writeString(folder.resolve("token"), "first\n");
        client = ApiServerClient.of(
                Files.writeString(folder.resolve("kubeconfig"), """
                        current-context: x
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        clusters: [{name: c, cluster: {server: "%s", certificate-authority: ca.crt}}]
                        users: [{name: u, user: {tokenFile: token}}]
                        """.formatted(server.url())), Optional.empty());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void readsReplicas() throws Exception {
        server.documents.put(
                "/apis/apps/v1/namespaces/shop/deployments/web/scale",
                "{\"kind\":\"Scale\",\"spec\":{\"replicas\":3},\"status\":{\"replicas\":2}}");
        server.documents.put(
                "/apis/apps/v1/namespaces/shop/deployments/idle/scale", "{\"spec\":{},\"status\":{\"replicas\":0}}");
        server.documents.put("/apis/example.org", "{\"preferredVersion\":{\"version\":\"v2\"}}");
        server.documents.put(
                "/apis/example.org/v2/namespaces/shop/farms/f/scale",
                "{\"spec\":{\"replicas\":1},\"status\":{\"replicas\":1}}");

        assertThat(client.scale("shop", "deployments.apps", "web")).isEqualTo(new Scale(3, 2));
        assertThat(client.scale("shop", "deployments.apps", "idle")).isEqualTo(new Scale(0, 0));
        assertThat(client.scale("shop", "farms.example.org", "f")).isEqualTo(new Scale(1, 1));
        assertThatThrownBy(() -> client.scale("shop", "deployments.apps", "none"))
                .isInstanceOfSatisfying(
                        ApiServerException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessageContaining("/deployments/none/scale: no such thing");
    }

    @Test
    void takesUpANewToken() throws Exception {
        server.documents.put("/version", "{}");
        client.get("/version");
        Files.writeString(folder.resolve("token"), "second");
        client.get("/version");

        assertThat(server.authorizations).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void takesUpANewAuthority() throws Exception {
        server.documents.put("/version", "{}");
        Files.writeString(folder.resolve("ca.crt"), ClusterCertificates.FRONT.certificate("ca"));
        assertThatThrownBy(() -> client.get("/version"))
                .isInstanceOf(ApiServerException.class)
                .hasMessageContaining("does not answer");

        Files.writeString(folder.resolve("ca.crt"), ClusterCertificates.CLUSTER.certificate("ca") + "\n");
        assertThat(client.get("/version").isPresent()).isTrue();
    }

    @Test
    void saysThatNobodyAnswers() {
        server.goAway();
        assertThatThrownBy(() -> client.get("/version"))
                .isInstanceOfSatisfying(
                        ApiServerException.class, e -> assertThat(e.status()).isZero())
                .hasMessageContaining(server.url())
                .hasMessageContaining("does not answer /version");
    }
}
