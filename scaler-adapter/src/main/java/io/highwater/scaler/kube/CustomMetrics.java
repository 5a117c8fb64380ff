// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Value;
import io.highwater.scaler.kube.wire.LabelSelector;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Metrics of objects: of one by its name, or of all of a kind in a namespace by {@code *}. */
final class CustomMetrics {

    private static final String ALL = "*";

    private final Readings readings;

    CustomMetrics(Readings readings) {
        this.readings = readings;
    }

    List<Item> read(ApiPath path, Request request) throws Refusal {
        if (path.namespace().isEmpty()) {
            throw notServed(path);
        }
        LabelSelector selector =
                LabelSelector.parse(request.parameter("metricLabelSelector").orElse(""));
        List<String> parts = path.parts();
        if (parts.size() == 2 && parts.getFirst().equals("metrics")) {
            ObjectReference own = new ObjectReference(path.namespace(), "namespaces", path.namespace());
            return read(path, own, parts.get(1), selector);
        }
        if (parts.size() != 3) {
            throw notServed(path);
        }
        ObjectReference meant = new ObjectReference(path.namespace(), parts.get(0), parts.get(1));
        if (meant.name().equals(ALL)
                && !request.parameter("labelSelector").orElse("").isBlank()) {
            throw Refusal.badRequest(
                    "labelSelector: Highwater does not know the labels of objects; name the object, or "
                            + "leave the selector out to get all of them");
        }
        return read(path, meant, parts.get(2), selector);
    }

    private List<Item> read(ApiPath path, ObjectReference meant, String metric, LabelSelector selector) throws Refusal {
        return readings.read(path.group(), path.namespace(), metric, selector, selected -> items(selected, meant));
    }

    private static List<Item> items(Selected selected, ObjectReference meant) throws Refusal {
        List<ObjectReference> objects = selected.metric().objects().stream()
                .filter(object -> object.namespace().equals(meant.namespace()))
                .filter(object -> object.resource().equals(meant.resource()))
                .filter(object -> meant.name().equals(ALL) || object.name().equals(meant.name()))
                .toList();
        if (objects.isEmpty()) {
            throw notOf(selected, meant);
        }
        Value value = selected.only();
        List<Item> items = new ArrayList<>();
        for (ObjectReference object : objects) {
            items.add(selected.item(value, Optional.of(Kinds.describe(object))));
        }
        return items;
    }

    private static Refusal notOf(Selected selected, ObjectReference meant) {
        String others = selected.metric().objects().stream()
                .filter(object -> object.namespace().equals(meant.namespace()))
                .map(object -> object.resource() + "/" + object.name())
                .sorted()
                .collect(Collectors.joining(", "));
        return Refusal.notFound("metric \"" + selected.metric().name() + "\" is none of " + meant.resource() + "/"
                + meant.name() + " in namespace \"" + meant.namespace() + "\""
                + (others.isEmpty() ? "; read it as an external metric" : "; it is of " + others));
    }

    private static Refusal notServed(ApiPath path) {
        return Refusal.notFound("a metric of an object is at /apis/" + path.group() + "/" + path.version()
                + "/namespaces/NAMESPACE/RESOURCE/NAME/METRIC, e.g. .../namespaces/shop/deployments.apps/web/METRIC");
    }
}
