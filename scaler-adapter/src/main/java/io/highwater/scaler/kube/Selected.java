// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.Metric;
import io.highwater.scaler.Value;
import io.highwater.scaler.kube.wire.Quantity;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList.DescribedObject;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.util.List;
import java.util.Optional;

/** The values of a metric that a reader means: one at least. */
record Selected(Metric metric, List<Value> values) {

    Item item(Value value, Optional<DescribedObject> object) throws Refusal {
        return new Item(
                object,
                metric.name(),
                value.labels(),
                value.sampledAt(),
                value.window().toSeconds(),
                quantity(value));
    }

    private Quantity quantity(Value value) throws Refusal {
        return Quantity.of(value.number())
                .orElseThrow(() -> Refusal.unavailable("metric \"" + metric.name() + "\" is " + value.number()
                        + ", and an autoscaler can use no number below 0 or above 9.2e15"));
    }

    /** For who can take but one. */
    Value only() throws Refusal {
        if (values.size() > 1) {
            throw Refusal.badRequest(
                    "metric \"" + metric.name() + "\" has " + values.size()
                            + " values, and that of an object is one: say which by the metric's selector (metricLabelSelector)");
        }
        return values.getFirst();
    }
}
