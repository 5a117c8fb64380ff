// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The three programs of a {@link ControlPlane} with their settings. None runs before it is started. */
final class ControlPlanePrograms {

    private static final String CONTROLLERS = String.join(
            ",",
            "horizontal-pod-autoscaler-controller",
            "deployment-controller",
            "replicaset-controller",
            "namespace-controller",
            "serviceaccount-controller");

    private final int etcdPort = FreePort.next();
    private final int peerPort = FreePort.next();
    private final int apiPort = FreePort.next();
    private final int controllersPort = FreePort.next();
    private final ServerFolder folder;
    private final ControlPlaneTls tls;
    private final KubernetesProgram etcd;
    private final KubernetesProgram apiServer;
    private final KubernetesProgram controllerManager;

    ControlPlanePrograms(
            ControlPlanePlan plan, ControlPlaneBinaries binaries, ServerFolder folder, ControlPlaneTls tls) {
        this.folder = folder;
        this.tls = tls;
        this.etcd = etcd(binaries);
        this.apiServer = apiServer(binaries);
        this.controllerManager = controllerManager(binaries, plan);
    }

    private KubernetesProgram etcd(ControlPlaneBinaries binaries) {
        var client = "http://127.0.0.1:" + etcdPort;
        var peer = "http://127.0.0.1:" + peerPort;
        return program(
                binaries,
                "etcd",
                "--data-dir=etcd",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
    }

    private KubernetesProgram apiServer(ControlPlaneBinaries binaries) {
        return program(
                binaries,
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + apiPort,
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--tls-cert-file=" + tls.certificate("apiserver"),
                "--tls-private-key-file=" + tls.key("apiserver"),
                "--client-ca-file=" + tls.certificate("ca"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + tls.certificate("service-accounts"),
                "--service-account-signing-key-file=" + tls.key("service-accounts"),
                "--requestheader-client-ca-file=" + tls.certificate("front-ca"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + tls.certificate("front-proxy"),
                "--proxy-client-key-file=" + tls.key("front-proxy"));
    }

    private KubernetesProgram controllerManager(ControlPlaneBinaries binaries, ControlPlanePlan plan) {
        var kubeconfig = tls.kubeconfig("controllers", apiPort);
        return program(
                binaries,
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--bind-address=127.0.0.1",
                "--secure-port=" + controllersPort,
                "--tls-cert-file=" + tls.certificate("apiserver"),
                "--tls-private-key-file=" + tls.key("apiserver"),
                "--leader-elect=false",
                "--kube-api-qps=500", // for autoscalers that look every second
                "--kube-api-burst=1000",
                "--controllers=" + CONTROLLERS,
                "--use-service-account-credentials",
                "--service-account-private-key-file=" + tls.key("service-accounts"),
                "--root-ca-file=" + tls.certificate("ca"),
                "--horizontal-pod-autoscaler-sync-period=" + plan.hpaSync().toMillis() + "ms",
                "--horizontal-pod-autoscaler-downscale-stabilization="
                        + plan.downscaleStabilization().toSeconds() + "s");
    }

    private KubernetesProgram program(ControlPlaneBinaries binaries, String name, String... flags) {
        var command = new ArrayList<>(List.of(binaries.program(name)));
        command.addAll(List.of(flags));
        return new KubernetesProgram(name, folder, command);
    }

    KubernetesProgram etcd() {
        return etcd;
    }

    KubernetesProgram apiServer() {
        return apiServer;
    }

    KubernetesProgram controllerManager() {
        return controllerManager;
    }

    int apiPort() {
        return apiPort;
    }

    URI controllersHealth() {
        return URI.create("https://127.0.0.1:" + controllersPort + "/healthz");
    }
}
