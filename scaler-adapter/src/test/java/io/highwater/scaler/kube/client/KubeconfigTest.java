// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {

    private static final String TEXT =
            """
            apiVersion: v1
            kind: Config
            current-context: one
            contexts:
            - {name: one, context: {cluster: c1, user: u1, namespace: shop}}
            - {name: two, context: {cluster: c2, user: u2}}
            - {name: lost, context: {cluster: nowhere, user: u1}}
            - {name: ran, context: {cluster: c1, user: exec}}
            - {name: far, context: {cluster: proxied, user: u1}}
            clusters:
            - {name: c1, cluster: {server: "https://api.internal:6443", certificate-authority-data: "%s"}}
            - {name: c2, cluster: {server: "https://api.internal/k8s/c2", insecure-skip-tls-verify: true}}
            - {name: proxied, cluster: {server: "https://x", proxy-url: "http://y"}}
            users:
            - {name: u1, user: {token: very-secret}}
            - {name: u2, user: {client-certificate: tls/u2.crt, client-key: tls/u2.key, tokenFile: /run/token, token: not-this}}
            - {name: exec, user: {exec: {command: aws}}}
            """.formatted(Base64.getEncoder().encodeToString("some pem".getBytes(StandardCharsets.UTF_8)));

    @TempDir
    private Path folder;

    @Test
    void readsTheCurrentContext() throws Exception {
        Access access = read(Optional.empty());

        assertThat(access.server()).hasToString("https://api.internal:6443/");
        assertThat(access.verify()).isTrue();
        assertThat(access.authority().orElseThrow().text()).isEqualTo("some pem");
        assertThat(access.token().orElseThrow().text()).isEqualTo("very-secret");
        assertThat(access.toString()).doesNotContain("very-secret").doesNotContain("some pem");
    }

    @Test
    void readsAnotherContextWithFilesBesideIt() throws Exception {
        Access access = read(Optional.of("two"));

        assertThat(access.verify()).isFalse();
        assertThat(access.certificate().orElseThrow().file()).contains(folder.resolve("tls/u2.crt"));
        assertThat(access.key().orElseThrow().file()).contains(folder.resolve("tls/u2.key"));
        assertThat(access.token().orElseThrow().file()).contains(Path.of("/run/token"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    none | no context "none" among its contexts
                    lost | no cluster "nowhere" among its clusters
                    ran  | users.exec.exec: is not supported; use a client certificate, a token or a tokenFile
                    far  | clusters.proxied.proxy-url: is not supported
                    """)
    void saysWhatItCannotUse(String context, String message) {
        assertThatThrownBy(() -> read(Optional.of(context)))
                .isInstanceOf(ApiServerException.class)
                .hasMessageContaining(folder.resolve("kubeconfig") + ": " + message);
    }

    @Test
    void quotesNothingOfWhatIsNotYaml() throws Exception {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "token: [very-secret");
        assertThatThrownBy(() -> Kubeconfig.read(file, Optional.empty()))
                .hasMessage(file + ": not YAML")
                .hasNoCause();
        assertThatThrownBy(() -> Kubeconfig.read(folder.resolve("absent"), Optional.empty()))
                .hasMessageEndingWith("absent: does not exist");
    }

    @Test
    void findsWhatAPodIsGiven() throws Exception {
        Files.writeString(folder.resolve("token"), "t\n");
        Map<String, String> environment =
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
        Access access = Access.inCluster(environment, folder);

        assertThat(access.server()).hasToString("https://[fd00::1]/");
        assertThat(access.token().orElseThrow().text()).isEqualTo("t");
        assertThat(access.authority().orElseThrow().file()).contains(folder.resolve("ca.crt"));
        assertThatThrownBy(() -> Access.inCluster(Map.of(), folder)).hasMessageContaining("name a kubeconfig");
    }

    private Access read(Optional<String> context) throws Exception {
        return Kubeconfig.read(Files.writeString(folder.resolve("kubeconfig"), TEXT), context);
    }
}
