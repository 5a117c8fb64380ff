// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.kube.wire.ValueList.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API group that is served.
 *
 * @param forms by version, the preferred one first
 */
record ApiGroup(String name, Map<String, Form> forms) {

    static List<ApiGroup> of(MetricsApiOptions options) {
        return Stream.concat(
                        options.externalGroups().stream().map(ApiGroup::external),
                        options.customGroups().stream().map(ApiGroup::custom))
                .toList();
    }

    /** For people. */
    static String names(MetricsApiOptions options) {
        return of(options).stream().map(ApiGroup::name).collect(Collectors.joining(","));
    }

    private static ApiGroup external(String name) {
        return new ApiGroup(name, Map.of("v1beta1", Form.EXTERNAL));
    }

    private static ApiGroup custom(String name) {
        Map<String, Form> forms = new LinkedHashMap<>();
        forms.put("v1beta2", Form.CUSTOM_V1BETA2);
        forms.put("v1beta1", Form.CUSTOM_V1BETA1);
        return new ApiGroup(name, forms);
    }

    Optional<Form> form(String version) {
        return Optional.ofNullable(forms.get(version));
    }

    /**
     * What discovery lists as the one resource of each version. It may not be empty, or every kubectl complains; and it
     * is not the metrics, which may be thousands, and of which no client needs to be told.
     */
    static String placeholder(Form form) {
        return form == Form.EXTERNAL ? "externalmetrics" : "custommetrics";
    }
}
