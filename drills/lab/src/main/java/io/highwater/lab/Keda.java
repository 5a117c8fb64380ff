// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** KEDA's operator and metrics adapter beside a {@link ControlPlane}. */
final class Keda {

    private static final String API = "v1beta1.external.metrics.k8s.io";
    static final String ADAPTER_HOST = "keda-metrics.keda.svc";

    private final int operatorPort = FreePort.next();
    private final int adapterPort = FreePort.next();
    private final ServerFolder folder;
    private final ControlPlaneBinaries binaries;
    private final ControlPlaneTls tls;
    private final Path kubeconfig;
    private final KubernetesProgram operator;
    private final KubernetesProgram adapter;

    Keda(ControlPlaneBinaries binaries, ServerFolder folder, ControlPlaneTls tls, Path kubeconfig) {
        this.folder = folder;
        this.binaries = binaries;
        this.tls = tls;
        this.kubeconfig = kubeconfig;
        this.operator = operator();
        this.adapter = adapter();
    }

    private KubernetesProgram operator() {
        return program(
                "keda-operator",
                "--cert-dir=" + certificates(),
                "--metrics-bind-address=127.0.0.1:" + FreePort.next(),
                "--health-probe-bind-address=127.0.0.1:" + FreePort.next(),
                "--metrics-service-bind-address=127.0.0.1:" + operatorPort,
                "--enable-webhook-patching=false",
                "--enable-apiservice-patching=false");
    }

    private KubernetesProgram adapter() {
        return program(
                "keda-adapter",
                "--lister-kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--bind-address=127.0.0.1",
                "--secure-port=" + adapterPort,
                "--tls-cert-file=" + tls.certificate("adapter"),
                "--tls-private-key-file=" + tls.key("adapter"),
                "--cert-dir=" + certificates(),
                "--metrics-service-address=localhost:" + operatorPort);
    }

    private KubernetesProgram program(String name, String... flags) {
        var command = new ArrayList<>(List.of("env", "KUBECONFIG=" + kubeconfig, "WATCH_NAMESPACE="));
        command.addAll(List.of("KEDA_CLUSTER_OBJECT_NAMESPACE=keda", "POD_NAMESPACE=keda", "POD_NAME=keda"));
        command.add(binaries.program(name));
        command.addAll(List.of(flags));
        return new KubernetesProgram(name, folder, command);
    }

    private Path certificates() {
        return folder.home().resolve("keda");
    }

    List<KubernetesProgram> programs() {
        return List.of(operator, adapter);
    }

    /** Makes what they need, starts them and registers the adapter. */
    void start(ControlPlane plane) {
        tls.copy("adapter", certificates());
        plane.kubectl("apply", "--server-side", "-f", binaries.program("keda-crds"));
        plane.createNamespace("keda");
        programs().forEach(KubernetesProgram::start);
        plane.createService("keda", "keda-metrics");
        plane.register("external.metrics.k8s.io", "v1beta1", "keda", "keda-metrics", adapterPort, tls.data("ca"));
        plane.await("KEDA's adapter to be available", () -> plane.isAvailable(API));
    }
}
