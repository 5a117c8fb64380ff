// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of the metrics APIs is served, and where.
 *
 * @param listen such as {@code :6443}; port 0 is any free one
 * @param certificate of the server with what signed it, PEM, for the name {@code <service>.<namespace>.svc}; read again
 *     when it changes
 * @param key of the certificate, PEM
 * @param externalGroups API groups under which all metrics are read as external ones
 * @param customGroups API groups under which metrics of objects are read
 * @param version of this program, for {@code /version}
 */
public record MetricsApiOptions(
        List<String> listen,
        Path certificate,
        Path key,
        List<String> externalGroups,
        List<String> customGroups,
        String version) {

    public static final String EXTERNAL_GROUP = "external.metrics.k8s.io";
    public static final String CUSTOM_GROUP = "custom.metrics.k8s.io";

    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+");

    public MetricsApiOptions {
        listen = List.copyOf(listen);
        externalGroups = List.copyOf(externalGroups);
        customGroups = List.copyOf(customGroups);
        Set<String> groups = new HashSet<>();
        for (List<String> some : List.of(externalGroups, customGroups)) {
            for (String group : some) {
                if (!DOMAIN.matcher(group).matches()) {
                    throw new IllegalArgumentException("'" + group + "' is no API group: write a DNS name with a dot");
                }
                if (!groups.add(group)) {
                    throw new IllegalArgumentException("the API group '" + group + "' is there twice");
                }
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("without an API group there is nothing to serve");
        }
    }
}
