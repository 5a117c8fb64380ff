// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.scaler.Activity;
import io.highwater.scaler.policy.Cap;
import io.highwater.scaler.policy.Decision;
import io.highwater.scaler.policy.Policy;
import io.highwater.scaler.policy.Running;
import io.highwater.scaler.policy.Want;
import io.highwater.scaler.policy.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Why a policy answers what it answers, for people and for programs.
 *
 * @param autoscalers what the autoscalers of the workload will do with the answer, a sentence each
 */
public record Explanation(Policy policy, Decision decision, List<String> autoscalers) {

    public Explanation {
        autoscalers = List.copyOf(autoscalers);
    }

    /** For a terminal. */
    public String text() {
        var out = new StringBuilder();
        line(out, "policy", policy.name() + " of " + policy.workload() + ", decided " + decision.at());
        line(out, "answers", number(decision.replicas()) + (decision.held() ? " (held)" : ""));
        line(out, "because", decision.reason());
        line(out, "wants", number(decision.wanted()) + " replicas before bounds and limits");
        line(out, "runs", runs());
        line(out, "work", activity());
        for (var input : decision.inputs()) {
            line(
                    out,
                    "input",
                    input.name() + ": " + number(input.replicas()) + " replicas, " + input.quality()
                            + (input.reason().isEmpty() ? "" : ", " + input.reason()));
            if (!input.formula().isEmpty()) {
                line(out, "", "  " + input.formula() + (input.atRisk() ? ", its objective is at risk" : ""));
            }
            input.numbers()
                    .forEach(seen -> line(
                            out,
                            "",
                            "  " + seen.signal() + " = " + number(seen.value()) + ", " + seen.quality() + ", "
                                    + seconds(seen.age()) + " s old"));
        }
        for (var cap : decision.caps()) {
            line(out, "limit", cap.guard() + ": " + cap.replicas() + " replicas, " + cap.reason());
        }
        autoscalers.forEach(what -> line(out, "then", what));
        changes().forEach(change -> line(out, "changes", change));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String text) {
        out.append(what).append(" ".repeat(10 - what.length())).append(text).append('\n');
    }

    /** For programs: maps, lists, texts, numbers and booleans. What is not known is not in it. */
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("policy", policy.name());
        tree.put("namespace", policy.workload().namespace());
        tree.put(
                "workload",
                policy.workload().resource() + "/" + policy.workload().name());
        tree.put("decidedAt", decision.at().toString());
        tree.put("sampledAt", decision.sampledAt().toString());
        decision.replicas().ifPresent(replicas -> tree.put("replicas", replicas));
        decision.wanted().ifPresent(wanted -> tree.put("wanted", wanted));
        tree.put("held", decision.held());
        tree.put("mode", policy.settings().mode().toString());
        tree.put("min", policy.settings().min());
        tree.put("max", policy.settings().max());
        tree.put("reason", decision.reason());
        tree.put("activity", kind(decision.activity()));
        decision.running()
                .ifPresent(
                        running -> tree.put("running", Map.of("desired", running.desired(), "ready", running.ready())));
        decision.winner().ifPresent(winner -> tree.put("winner", winner));
        tree.put("inputs", decision.inputs().stream().map(Explanation::tree).toList());
        tree.put("caps", decision.caps().stream().map(Explanation::tree).toList());
        tree.put("autoscalers", autoscalers);
        tree.put("changes", changes());
        return tree;
    }

    private static Map<String, Object> tree(Want want) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("input", want.name());
        tree.put("quality", want.quality().toString());
        want.replicas().ifPresent(replicas -> tree.put("replicas", replicas));
        tree.put("formula", want.formula());
        tree.put("atRisk", want.atRisk());
        tree.put("reason", want.reason());
        tree.put("signals", want.numbers().stream().map(Explanation::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Want.Seen seen) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("signal", seen.signal());
        seen.value().ifPresent(value -> tree.put("value", value));
        tree.put("quality", seen.quality().toString());
        tree.put("ageSeconds", seen.age().toMillis() / 1e3);
        return tree;
    }

    private static Map<String, Object> tree(Cap cap) {
        return Map.of("guard", cap.guard(), "replicas", cap.replicas(), "reason", cap.reason());
    }

    /** At which values of which signal the answer would be another. */
    private List<String> changes() {
        var changes = new ArrayList<String>();
        if (decision.replicas().isEmpty() || decision.wanted().isEmpty() || decision.held()) {
            return changes;
        }
        int replicas = decision.replicas().getAsInt();
        double wanted = decision.wanted().getAsDouble();
        for (var input : decision.inputs()) {
            boolean decides = decision.winner().filter(input.name()::equals).isPresent();
            input.lever().filter(_ -> decides && wanted <= replicas).ifPresent(lever -> {
                if (replicas < policy.settings().max()) {
                    changes.add("one more when %s is above %s"
                            .formatted(lever.signal(), Words.number(at(lever, replicas - wanted))));
                }
                double fewer = (replicas - 1) / (1 + policy.settings().deadBand());
                if (replicas > policy.settings().min() && at(lever, fewer - wanted) >= 0) {
                    changes.add("one fewer when %s is not above %s"
                            .formatted(lever.signal(), Words.number(at(lever, fewer - wanted))));
                }
            });
        }
        return changes;
    }

    private static double at(Want.Lever lever, double moreReplicas) {
        return lever.value() + moreReplicas / lever.replicasPerUnit();
    }

    private String runs() {
        return decision.running()
                .map((Running running) -> running.desired() + ", " + running.ready() + " ready")
                .orElse("not known");
    }

    private String activity() {
        return kind(decision.activity())
                + (decision.activity() instanceof Activity.Unknown(String reason) ? ": " + reason : "");
    }

    private static String kind(Activity activity) {
        return activity.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "an error, so that nothing changes";
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Words.number(number.getAsDouble()) : "unknown";
    }

    private static String seconds(Duration age) {
        return Words.number(Math.round(age.toMillis() / 100.0) / 10.0);
    }
}
