// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which labels are meant, in the grammar of Kubernetes: {@code a=b}, {@code a==b}, {@code a!=b}, {@code a in (b,c)},
 * {@code a notin (b,c)}, {@code a}, {@code !a}, {@code a>1}, {@code a<1}, with commas between.
 *
 * @param requirements all of which must be met; none for whatever there is
 */
public record LabelSelector(List<Requirement> requirements) {
    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** Refuses with 400 and the place of the mistake. */
    public static LabelSelector parse(String text) throws Refusal {
        return new LabelSelectorParser(text).parse();
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }

    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** In the grammar. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
