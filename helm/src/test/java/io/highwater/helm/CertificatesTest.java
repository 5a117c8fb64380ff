// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server can verify the serving certificate, whoever made it, and goes on doing so over upgrades. */
class CertificatesTest {

    private static final String SERVING = "highwater-metrics-api";

    @RegisterExtension
    private static final Cluster CLUSTER = new Cluster();

    private static List<X509Certificate> certificates(Node base64) throws Exception {
        var pem = new ByteArrayInputStream(Base64.getDecoder().decode(base64.text()));
        return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static Node caBundle(Rendered rendered) {
        return rendered.of("APIService").getFirst().at("spec", "caBundle");
    }

    @Test
    void aGeneratedOneIsVerifiedByTheBundleBesideIt() throws Exception {
        var rendered = Chart.render("kubernetes-hpa");
        var certificate = certificates(rendered.named("Secret", SERVING).at("data", "tls.crt"))
                .getFirst();

        certificate.verify(certificates(caBundle(rendered)).getFirst().getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("highwater.monitoring.svc", "highwater.monitoring.svc.cluster.local");
        assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now().plus(3649, ChronoUnit.DAYS));
        assertThat(rendered.of("APIService")).hasSize(2).allSatisfy(service -> {
            assertThat(service.at("spec", "caBundle")).isEqualTo(caBundle(rendered));
            assertThat(service.find("spec", "insecureSkipTLSVerify")).isEmpty();
        });
    }

    @Test
    void anUpgradeKeepsIt() {
        var installed = Chart.render("kubernetes-hpa");
        CLUSTER.put(installed.named("Secret", SERVING));

        var upgraded = Chart.render("kubernetes-hpa", "log: { level: debug }");

        assertThat(upgraded.named("Secret", SERVING)).isEqualTo(installed.named("Secret", SERVING));
        assertThat(caBundle(upgraded)).isEqualTo(caBundle(installed));
    }

    @Test
    void anUpgradeNearItsEndMakesAnotherAndBelievesBothForTheTimeBetween() throws Exception {
        var installed = Chart.render(
                "kubernetes-hpa", "metricsApi: { certificate: { generated: { days: 300, renewBeforeDays: 301 } } }");
        CLUSTER.put(installed.named("Secret", SERVING));

        var upgraded = Chart.render("kubernetes-hpa");

        var before = certificates(installed.named("Secret", SERVING).at("data", "tls.crt"))
                .getFirst();
        var after = certificates(upgraded.named("Secret", SERVING).at("data", "tls.crt"))
                .getFirst();
        assertThat(after).isNotEqualTo(before);
        var believed = certificates(caBundle(upgraded));
        assertThat(believed).hasSize(2);
        after.verify(believed.getFirst().getPublicKey());
        before.verify(believed.getLast().getPublicKey());
    }

    @Test
    void anotherNameMakesAnother() {
        var installed = Chart.render("kubernetes-hpa");
        CLUSTER.put(installed.named("Secret", SERVING));

        var secret = Chart.render("kubernetes-hpa", "fullnameOverride: other").named("Secret", "other-metrics-api");

        assertThat(secret.at("metadata", "annotations", "highwater.io/names").text())
                .startsWith("other.monitoring.svc,");
    }

    @Test
    void kedaShowsACertificateOfTheAuthorityThatTheAgentBelieves() throws Exception {
        var rendered = Chart.render("keda");
        var shown = rendered.named("Secret", "highwater-keda-client");
        var served = rendered.named("Secret", "highwater-keda");

        assertThat(shown.at("metadata", "namespace").text()).isEqualTo("bundler");
        certificates(shown.at("data", "tls.crt"))
                .getFirst()
                .verify(certificates(served.at("data", "ca.crt")).getFirst().getPublicKey());
        certificates(served.at("data", "tls.crt"))
                .getFirst()
                .verify(certificates(shown.at("data", "ca.crt")).getFirst().getPublicKey());
        assertThat(rendered.one("TriggerAuthentication")
                        .at("spec", "secretTargetRef")
                        .items())
                .extracting(reference -> reference.at("name").text())
                .containsOnly("highwater-keda-client");
        assertThat(rendered.one("ScaledObject")
                        .at("spec", "triggers", 0, "authenticationRef", "name")
                        .text())
                .isEqualTo("highwater");
    }

    @Test
    void certManagerIsAskedForOneAndInjectsItsAuthority() {
        var rendered = Chart.render("cert-manager");

        assertThat(rendered.one("APIService")
                        .at("metadata", "annotations", "cert-manager.io/inject-ca-from")
                        .text())
                .isEqualTo("monitoring/" + SERVING);
        assertThat(rendered.one("APIService").find("spec", "caBundle")).isEmpty();
        assertThat(rendered.named("Certificate", SERVING)
                        .at("spec", "dnsNames", 0)
                        .text())
                .isEqualTo("highwater.monitoring.svc");
        assertThat(rendered.of("Secret")).isEmpty();
        assertThat(Chart.render(
                                "cert-manager",
                                "metricsApi: { certificate: { certManager: { issuerRef: { kind: ClusterIssuer, name: corp } } } }")
                        .of("Issuer"))
                .as("with an issuer of the cluster's")
                .isEmpty();
    }

    @Test
    void aGivenOneIsBelievedByThePemThatIsSaid() {
        var rendered = Chart.render("given-certificate");

        assertThat(new String(Base64.getDecoder().decode(caBundle(rendered).text()), UTF_8))
                .startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(rendered.of("Secret")).isEmpty();
        assertThat(rendered.one("Deployment")
                        .at("spec", "template", "spec", "volumes")
                        .items())
                .extracting(volume ->
                        volume.find("secret", "secretName").map(Node::text).orElse(""))
                .contains("highwater-serving", "highwater-keda");
    }

    @Test
    void aGivenOneThatNobodyCouldVerifyIsRefused() {
        assertThatThrownBy(() -> Chart.render(
                        "given-certificate", "metricsApi: { certificate: { secret: { caBundle: \"\" } } }"))
                .hasMessageContaining("metricsApi.certificate.secret.caBundle");
    }

    @Test
    void anAutoscalerThatCouldNotReadIsRefused() {
        assertThatThrownBy(() -> Chart.render("kubernetes-hpa", "metricsApi: { enabled: false }"))
                .hasMessageContaining("autoscalers.wallet.by: an HPA reads metricsApi");
        assertThatThrownBy(() -> Chart.render("keda", "keda: { triggerAuthentication: { namespaces: [] } }"))
                .hasMessageContaining("autoscalers.prepare.namespace: add bundler");
    }
}
