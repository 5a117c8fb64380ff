// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.scaler.Value;
import io.highwater.scaler.kube.wire.LabelSelector;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Metrics by their names, each with as many values as the selector leaves. */
final class ExternalMetrics {

    private final Readings readings;

    ExternalMetrics(Readings readings) {
        this.readings = readings;
    }

    List<Item> read(ApiPath path, Request request) throws Refusal {
        if (path.namespace().isEmpty() || path.parts().size() != 1) {
            throw Refusal.notFound("an external metric is at /apis/" + path.group() + "/" + path.version()
                    + "/namespaces/NAMESPACE/METRIC");
        }
        LabelSelector selector =
                LabelSelector.parse(request.parameter("labelSelector").orElse(""));
        return readings.read(path.group(), path.namespace(), path.parts().getFirst(), selector, ExternalMetrics::items);
    }

    private static List<Item> items(Selected selected) throws Refusal {
        List<Item> items = new ArrayList<>();
        for (Value value : selected.values()) {
            items.add(selected.item(value, Optional.empty()));
        }
        return items;
    }
}
