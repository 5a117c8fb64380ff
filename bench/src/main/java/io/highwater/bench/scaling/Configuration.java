// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Signals over the series of many consumers, and policies, in namespaces of their own.
 *
 * @param signals how many; each is one number of one consumer, or one of a whole stream
 */
record Configuration(int signals) {

    static final String NAMESPACE = "shop";

    private static final int NAMESPACES = 100;
    private static final int POLICIES = 50;
    private static final String READ = "/apis/external.metrics.k8s.io/v1beta1/namespaces/";
    private static final List<String> FAMILIES = List.of(
            "nats_consumer_num_pending",
            "nats_consumer_num_ack_pending",
            "nats_consumer_num_redelivered",
            "nats_consumer_num_waiting");

    /** All of it, after what there is to watch. */
    String yaml(Backends backends) {
        var lines = new ArrayList<String>();
        lines.add("signals:");
        var consumers = Backends.consumers();
        for (int i = 0; i < signals; i++) {
            lines.add(signal(i, consumers.get(i % consumers.size())));
        }
        backends.work().keySet().forEach(name -> lines.add(waiting(name)));
        lines.add("policies:");
        backends.work().keySet().forEach(name -> lines.add(policy(name, "waiting-" + name)));
        for (int i = backends.work().size(); i < POLICIES; i++) {
            lines.add(policy("p-" + i, signalName(i % signals)));
        }
        return backends.yaml() + String.join("\n", lines) + "\n";
    }

    private String signal(int number, String[] consumer) {
        var family = FAMILIES.get(number / Backends.consumers().size() % FAMILIES.size());
        var readable = "[ " + namespace(number) + ", " + namespace(number + 1) + ", " + namespace(number + 2) + " ]";
        return number % 20 == 19
                ? "  %s: { family: %s, where: { stream_name: %s }, aggregate: max, namespaces: %s }"
                        .formatted(signalName(number), family, consumer[0], readable)
                : "  %s: { family: %s, where: { stream_name: %s, consumer_name: %s }, namespaces: %s }"
                        .formatted(signalName(number), family, consumer[0], consumer[1], readable);
    }

    private static String signalName(int number) {
        return "s-" + number;
    }

    private static String namespace(int number) {
        return "team-" + number % NAMESPACES;
    }

    /** What there is to do of a kind of work. */
    private static String waiting(String name) {
        var number = name.substring(name.indexOf('-') + 1);
        var series =
                switch (name.substring(0, name.indexOf('-'))) {
                    case "nats" -> "family: nats_consumer_num_pending, where: { stream_name: JOBS-" + number + " }";
                    case "bullmq" -> "family: bullmq_job_count, where: { queue: jobs-" + number + ", state: waiting }";
                    default -> "family: outbox_pending_events, where: { outbox: jobs_" + number + " }";
                };
        return "  waiting-" + name + ": { " + series + " }";
    }

    private static String policy(String name, String signal) {
        return "  %1$s: { scale: %2$s/deployment/%1$s, min: 0, max: 30, inputs: [ { signal: %3$s, perReplica: 10 } ] }"
                .formatted(name, NAMESPACE, signal);
    }

    /** The Deployments of the policies, without replicas. */
    static String deployments(Collection<String> work) {
        var names = new ArrayList<>(work);
        for (int i = work.size(); i < POLICIES; i++) {
            names.add("p-" + i);
        }
        var objects = new ArrayList<String>();
        for (var name : names) {
            objects.add("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s, namespace: %2$s}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec: {containers: [{name: main, image: none}]}
                    """.formatted(name, NAMESPACE));
        }
        return String.join("---\n", objects);
    }

    /** What the first so many readers ask for, policies among it. */
    List<String> paths(Backends backends, int first) {
        var paths = new ArrayList<String>();
        backends.work().keySet().forEach(name -> paths.add(READ + NAMESPACE + "/" + name));
        for (int i = 0; paths.size() < first; i++) {
            int signal = i % signals;
            paths.add(READ + namespace(signal + i / signals % 3) + "/" + signalName(signal));
        }
        return paths.subList(0, first);
    }
}
