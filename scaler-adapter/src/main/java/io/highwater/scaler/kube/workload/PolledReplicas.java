// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.workload;

import io.highwater.core.log.Log;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.policy.Replicas;
import io.highwater.scaler.policy.Running;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The replicas of workloads as the API server says, asked for one after the other every few seconds. What it has not said
 * for half a minute is not known.
 */
public final class PolledReplicas implements Replicas, AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONGEST_AGE = Duration.ofSeconds(30);

    private record Known(Running running, long nanos) {}

    private final ApiServerClient apiServer;
    private final Supplier<? extends Collection<ObjectReference>> workloads;
    private final Log log;
    private final Map<ObjectReference, Known> known = new ConcurrentHashMap<>();
    private final Map<ObjectReference, String> problems = new ConcurrentHashMap<>();
    private final Thread thread;

    /** @param workloads all that somebody wants to know of, asked each time */
    public PolledReplicas(
            ApiServerClient apiServer, Supplier<? extends Collection<ObjectReference>> workloads, Log log) {
        this.apiServer = apiServer;
        this.workloads = workloads;
        this.log = log.from("Replicas");
        this.thread = Thread.ofVirtual().name("replicas").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public Optional<Running> of(ObjectReference workload) {
        var newest = known.get(workload);
        return newest == null || System.nanoTime() - newest.nanos > LONGEST_AGE.toNanos()
                ? Optional.empty()
                : Optional.of(newest.running);
    }

    private void run() {
        try {
            while (true) {
                var wanted = workloads.get();
                known.keySet().retainAll(wanted);
                problems.keySet().retainAll(wanted);
                wanted.forEach(this::ask);
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void ask(ObjectReference workload) {
        try {
            known.put(workload, new Known(read(workload), System.nanoTime()));
            if (problems.remove(workload) != null) {
                log.info("Replicas are known again", "workload", workload);
            }
        } catch (ApiServerException e) {
            var problem = String.valueOf(e.getMessage());
            if (!problem.equals(problems.put(workload, problem))) {
                log.warn("Replicas cannot be read", "workload", workload, "err", problem);
            }
        }
    }

    /** Kubernetes' own kinds say how many are ready; others have just their scale. */
    private Running read(ObjectReference workload) throws ApiServerException {
        if (!workload.resource().endsWith(".apps")) {
            var scale = apiServer.scale(workload.namespace(), workload.resource(), workload.name());
            return new Running(scale.wanted(), scale.running());
        }
        var plural = workload.resource().substring(0, workload.resource().indexOf('.'));
        var object = apiServer.get(
                "/apis/apps/v1/namespaces/" + workload.namespace() + "/" + plural + "/" + workload.name());
        return new Running((int) object.at("spec", "replicas").whole().orElse(1), (int)
                object.at("status", "readyReplicas").whole().orElse(0));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
