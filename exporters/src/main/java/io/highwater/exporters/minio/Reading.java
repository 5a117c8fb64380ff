// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.util.List;

/**
 * One number that a server gave, under our name.
 *
 * @param labels the values of the family's labels
 * @param value of no meaning for an info; else in the family's unit, finite and not below 0
 */
record Reading(Family family, List<String> labels, double value) {

    Reading {
        labels = List.copyOf(labels);
    }

    void addTo(Samples out) {
        out.add(family, family.kind() == Family.Kind.INFO ? 1 : value, labels.toArray(String[]::new));
    }
}
