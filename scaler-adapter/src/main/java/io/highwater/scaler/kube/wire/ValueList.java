// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of a metric, to be sent in one of the forms of the metrics APIs.
 *
 * @param items an autoscaler sums several of an external metric
 */
public record ValueList(Form form, String apiVersion, List<Item> items) {
    public ValueList {
        items = List.copyOf(items);
    }

    /** Which API asks. */
    public enum Form {
        EXTERNAL("ExternalMetricValueList"),
        CUSTOM_V1BETA1("MetricValueList"),
        CUSTOM_V1BETA2("MetricValueList");

        private final String kind;

        Form(String kind) {
            this.kind = kind;
        }

        public String kind() {
            return kind;
        }
    }

    /**
     * One value.
     *
     * @param object whose number it is; none for an external metric
     * @param windowSeconds over which it was taken; 0 for a number of one moment
     */
    public record Item(
            Optional<DescribedObject> object,
            String metric,
            Map<String, String> labels,
            Instant timestamp,
            long windowSeconds,
            Quantity value) {}

    /** @param kind and apiVersion empty when the resource is not one that we know */
    public record DescribedObject(String kind, String namespace, String name, String apiVersion) {}
}
