// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The identities of a {@link ControlPlane}, in files below its folder. */
final class ControlPlaneTls {

    private final Certificates certificates;
    private final ServerFolder folder;

    private ControlPlaneTls(Certificates certificates, ServerFolder folder) {
        this.certificates = certificates;
        this.folder = folder;
    }

    /** One authority of servers and users, one of the proxy that API servers have before others. */
    static ControlPlaneTls in(ServerFolder folder) {
        try {
            var certificates = Certificates.authority(folder.home());
            certificates.addAuthority("front-ca");
            certificates.addAuthority("service-accounts");
            certificates.issue("apiserver", "ca", "CN=kube-apiserver", "kubernetes.default.svc");
            certificates.issue("admin", "ca", "CN=admin, O=system:masters");
            certificates.issue("controllers", "ca", "CN=system:kube-controller-manager");
            certificates.issue("adapter", "ca", "CN=adapter", ControlPlane.ADAPTER_HOST, Keda.ADAPTER_HOST);
            certificates.issue("front-proxy", "front-ca", "CN=front-proxy-client");
            var all = List.of(
                    "ca",
                    "front-ca",
                    "service-accounts",
                    "apiserver",
                    "admin",
                    "controllers",
                    "adapter",
                    "front-proxy");
            for (var alias : all) {
                certificates.write(alias, alias);
            }
            return new ControlPlaneTls(certificates, folder);
        } catch (Exception e) {
            throw new LabException("cannot make certificates", e);
        }
    }

    Certificates certificates() {
        return certificates;
    }

    Path certificate(String alias) {
        return folder.home().resolve(alias + ".crt");
    }

    Path key(String alias) {
        return folder.home().resolve(alias + ".key");
    }

    /** In base64, as Kubernetes has certificates in its objects. */
    String data(String alias) {
        try {
            return base64(certificates.certificate(alias));
        } catch (Exception e) {
            throw new LabException("cannot encode " + alias, e);
        }
    }

    static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** Into a folder, under the names that Kubernetes' programs look for in one. */
    void copy(String alias, Path to) {
        try {
            Files.createDirectories(to);
            Files.copy(certificate(alias), to.resolve("tls.crt"));
            Files.copy(key(alias), to.resolve("tls.key"));
            Files.copy(certificate("ca"), to.resolve("ca.crt"));
        } catch (IOException e) {
            throw new LabException("cannot copy " + alias + " to " + to, e);
        }
    }

    /** Makes a file with which kubectl and the like are that user. */
    Path kubeconfig(String user, int port) {
        return folder.write(user + ".kubeconfig", """
                apiVersion: v1
                kind: Config
                clusters: [{name: lab, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: %s, user: {client-certificate-data: %s, client-key-data: %s}}]
                contexts: [{name: lab, context: {cluster: lab, user: %s}}]
                current-context: lab
                """.formatted(
                        port, data("ca"), user, data(user), base64(certificates.key(user)), user));
    }
}
