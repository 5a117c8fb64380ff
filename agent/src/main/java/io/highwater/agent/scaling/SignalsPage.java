// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.scaling;

import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Value;
import io.highwater.scaler.engine.PolicyMetric;
import io.highwater.scaler.engine.Scaler;
import io.highwater.scaler.kube.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /signals}: all that autoscalers can read, as JSON, with reasons where there is no number; and {@code
 * /signals/NAME}, which is a 503 then, so that a reader who knows nothing of reasons does not take it for zero.
 */
public final class SignalsPage implements Handler {

    private static final String PATH = "/signals";

    private final Scaler scaler;

    public SignalsPage(Scaling scaling) {
        this.scaler = scaling.scaler();
    }

    @Override
    public Response handle(Request request) {
        var name = request.path().substring(Math.min(request.path().length(), PATH.length() + 1));
        if (name.isEmpty()) {
            var all = new LinkedHashMap<String, Object>();
            scaler.all().forEach(metric -> all.put(metric.name(), tree(metric, metric.read())));
            return json(200, all);
        }
        var metric = scaler.find(name);
        if (metric.isEmpty()) {
            return json(404, Map.of("error", "there is no signal and no policy " + name));
        }
        var reading = metric.get().read();
        return json(reading instanceof Reading.Numbers ? 200 : 503, tree(metric.get(), reading));
    }

    private static Response json(int status, Map<String, Object> tree) {
        return Response.json(status, new String(Json.write(tree), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> tree(Metric metric, Reading reading) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", metric instanceof PolicyMetric ? "policy" : "signal");
        switch (reading) {
            case Reading.Numbers numbers -> {
                tree.put("quality", numbers.quality().toString().toLowerCase(Locale.ROOT));
                tree.put(
                        "value",
                        numbers.values().stream().mapToDouble(Value::number).sum());
                tree.put(
                        "values",
                        numbers.values().stream().map(SignalsPage::tree).toList());
            }
            case Reading.Unknown(String reason) -> tree.put("error", reason);
        }
        return tree;
    }

    private static Map<String, Object> tree(Value value) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("labels", value.labels());
        tree.put("value", value.number());
        tree.put("sampledAt", value.sampledAt().toString());
        return tree;
    }
}
