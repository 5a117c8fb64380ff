// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes control plane without nodes, on free loopback ports: etcd, kube-apiserver with RBAC and aggregation, and
 * kube-controller-manager with the controllers of autoscalers, deployments, replica sets, namespaces and service accounts.
 * Pods are made and stay pending, unless {@link #runPods} makes them look as if they ran.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. One test or drill starts and stops things; the rest may be called
 * from any thread.
 */
public final class ControlPlane implements AutoCloseable {

    /** What the certificate of an adapter that is registered has to name. */
    public static final String ADAPTER_HOST = "adapter.highwater.svc";

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RUNNING =
            "{\"status\": {\"phase\": \"Running\", \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}";

    private final ServerFolder folder;
    private final ControlPlaneTls tls;
    private final ControlPlanePrograms programs;
    private final @Nullable Keda keda;
    private final List<KubernetesProgram> all = new ArrayList<>();
    private final KubernetesApi api;
    private final Path kubeconfig;
    private final Kubectl kubectl;

    private ControlPlane(ControlPlanePlan plan, ControlPlaneBinaries binaries, ServerFolder folder) {
        this.folder = folder;
        this.tls = ControlPlaneTls.in(folder);
        this.programs = new ControlPlanePrograms(plan, binaries, folder, tls);
        this.kubeconfig = tls.kubeconfig("admin", programs.apiPort());
        this.kubectl = new Kubectl(binaries.kubectl(), kubeconfig, folder.home());
        this.api = new KubernetesApi(adminContext());
        this.keda = plan.keda() ? new Keda(binaries, folder, tls, kubeconfig) : null;
        all.addAll(List.of(programs.etcd(), programs.apiServer(), programs.controllerManager()));
        if (keda != null) {
            all.addAll(keda.programs());
        }
        LastResort.add(this);
    }

    /** One whose autoscalers look every second and remember five. */
    public static ControlPlanePlan plan() {
        return new ControlPlanePlan(Duration.ofSeconds(1), Duration.ofSeconds(5), false);
    }

    static ControlPlane start(ControlPlanePlan plan) {
        var binaries = ControlPlaneBinaries.require(plan.keda());
        var folder = ServerFolder.create("control-plane", Account.SELF);
        ControlPlane plane;
        try {
            plane = new ControlPlane(plan, binaries, folder);
        } catch (RuntimeException e) {
            folder.delete();
            throw e;
        }
        try {
            plane.launch();
            return plane;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    private void launch() {
        programs.etcd().start();
        programs.apiServer().start();
        await("the API server to be ready", this::isReady);
        programs.controllerManager().start();
        await("the controllers to be ready", () -> api.isOk(programs.controllersHealth()));
        createNamespace("highwater");
        createService("highwater", "adapter");
        if (keda != null) {
            keda.start(this);
        }
    }

    /** Runs kubectl as the administrator; what it printed. A {@link LabException} with what it said when it fails. */
    public String kubectl(String... arguments) {
        return kubectl.run("", arguments);
    }

    /** Makes or changes the objects of a text in YAML or JSON. */
    public String apply(String yaml) {
        return kubectl.run(yaml, "apply", "-f", "-");
    }

    /** A namespace in which pods can be made. */
    public void createNamespace(String name) {
        kubectl("create", "namespace", name);
        await(
                "the service account of " + name,
                () -> api.isOk(uri("/api/v1/namespaces/" + name + "/serviceaccounts/default")));
    }

    /** A Deployment of pods that never run, and ask for 1 MB of memory each. */
    public void createDeployment(String namespace, String name, int replicas) {
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: none, resources: {requests: {memory: 1M}}}]}
                """.formatted(name, namespace, replicas));
        await("the pods of " + name, () -> deployment(namespace, name).existing() == replicas);
    }

    /**
     * Registers an adapter as the server of an API group; returns before it is found available. Registering it again,
     * with another port, moves it.
     *
     * @param port on the loopback address, where it shows a certificate for {@link #ADAPTER_HOST}
     * @param caBundle the authority of that certificate, PEM
     */
    public void register(String group, String version, int port, String caBundle) {
        register(group, version, "highwater", "adapter", port, ControlPlaneTls.base64(caBundle));
    }

    void register(String group, String version, String namespace, String service, int port, String caBundle) {
        apply("""
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: %2$s.%1$s}
                spec:
                  group: %1$s
                  version: %2$s
                  groupPriorityMinimum: 100
                  versionPriority: 100
                  caBundle: %6$s
                  service: {name: %4$s, namespace: %3$s, port: %5$d}
                """.formatted(group, version, namespace, service, port, caBundle));
    }

    public void awaitAvailable(String group, String version) {
        await(group + " to be available", () -> isAvailable(version + "." + group));
    }

    boolean isAvailable(String apiService) {
        var object = api.object(uri("/apis/apiregistration.k8s.io/v1/apiservices/" + apiService));
        return KubernetesApi.at(object, "status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> "Available".equals(KubernetesApi.at(one, "type"))
                                && "True".equals(KubernetesApi.at(one, "status")));
    }

    /** One that leads to this machine. */
    void createService(String namespace, String name) {
        kubectl("create", "service", "externalname", name, "--external-name", "localhost", "-n", namespace);
    }

    /** How many replicas a Deployment is asked for: what an autoscaler sets. */
    public int replicas(String namespace, String deployment) {
        return deployment(namespace, deployment).asked();
    }

    public DeploymentReplicas deployment(String namespace, String name) {
        var object = api.object(uri("/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name));
        return new DeploymentReplicas(number(object, "spec", "replicas"), number(object, "status", "replicas"));
    }

    private static int number(Map<?, ?> object, String... keys) {
        return KubernetesApi.at(object, keys) instanceof Number number ? number.intValue() : 0;
    }

    /** The reasons of the conditions of an autoscaler by their types, such as ScalingActive. */
    public Map<String, String> autoscalerReasons(String namespace, String name) {
        var path = "/apis/autoscaling/v2/namespaces/" + namespace + "/horizontalpodautoscalers/" + name;
        var conditions = KubernetesApi.at(api.object(uri(path)), "status", "conditions");
        return conditions instanceof List<?> list
                ? list.stream()
                        .collect(Collectors.toMap(
                                one -> String.valueOf(KubernetesApi.at(one, "type")),
                                one -> String.valueOf(KubernetesApi.at(one, "reason"))))
                : Map.of();
    }

    /** Makes all pods of a namespace look as if they ran and were ready: what a node would do. */
    public void runPods(String namespace) {
        for (var pod : pods(namespace)) {
            if (!isRunning(pod)) {
                var name = KubernetesApi.at(pod, "metadata", "name");
                api.patch(uri("/api/v1/namespaces/" + namespace + "/pods/" + name + "/status"), RUNNING);
            }
        }
    }

    /** The names of those pods of a namespace that run, or look so. */
    public List<String> runningPods(String namespace) {
        return pods(namespace).stream()
                .filter(ControlPlane::isRunning)
                .map(pod -> String.valueOf(KubernetesApi.at(pod, "metadata", "name")))
                .toList();
    }

    private List<?> pods(String namespace) {
        return KubernetesApi.items(api.object(uri("/api/v1/namespaces/" + namespace + "/pods")));
    }

    private static boolean isRunning(@Nullable Object pod) {
        return "Running".equals(KubernetesApi.at(pod, "status", "phase"));
    }

    /** Of the administrator. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    public URI url() {
        return uri("");
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + programs.apiPort() + path);
    }

    /** Trusts the API server, and is the administrator. */
    public SSLContext adminContext() {
        return context("admin");
    }

    /** The API server's own when it forwards requests to adapters, whose callers it tells in headers. */
    public SSLContext frontProxyContext() {
        return context("front-proxy");
    }

    /** A server's, with a certificate for {@link #ADAPTER_HOST}, signed by {@link #authority}. */
    public SSLContext adapterContext() {
        return context("adapter");
    }

    private SSLContext context(String alias) {
        try {
            return tls.certificates().as(alias);
        } catch (Exception e) {
            throw new LabException("cannot use the certificates in " + folder.home(), e);
        }
    }

    /** A file with the same certificate as {@link #adapterContext}, PEM. */
    public Path adapterCertificate() {
        return tls.certificate("adapter");
    }

    /** PEM of PKCS #8. */
    public Path adapterKey() {
        return tls.key("adapter");
    }

    /** The authority of servers and users, PEM: also the caBundle of an adapter with our certificate. */
    public String authority() {
        try {
            return tls.certificates().certificate("ca");
        } catch (Exception e) {
            throw new LabException("cannot encode the authority", e);
        }
    }

    public boolean isReady() {
        return api.isOk(uri("/readyz"));
    }

    public KubernetesProgram etcd() {
        return programs.etcd();
    }

    public KubernetesProgram apiServer() {
        return programs.apiServer();
    }

    public KubernetesProgram controllerManager() {
        return programs.controllerManager();
    }

    /** All of them, KEDA's after the others. */
    public List<KubernetesProgram> programs() {
        return List.copyOf(all);
    }

    /** Returns when the condition holds; fails when that takes long or a program ends meanwhile. */
    void await(String what, BooleanSupplier done) {
        Await.until(what, LIMIT, () -> hasLost() || done.getAsBoolean(), this::logTail);
        if (hasLost()) {
            throw new LabException("a program ended while waiting for " + what + "\n" + logTail());
        }
    }

    private boolean hasLost() {
        return all.stream().anyMatch(KubernetesProgram::hasEnded);
    }

    /** What each program printed last. */
    public String logTail() {
        return all.stream().map(KubernetesProgram::logTail).collect(Collectors.joining("\n"));
    }

    /** Where the programs have their files and logs. */
    public Path home() {
        return folder.home();
    }

    /** Kills all programs and deletes their folder. */
    @Override
    public void close() {
        all.reversed().forEach(KubernetesProgram::kill);
        api.close();
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "the control plane in " + folder.home();
    }
}
