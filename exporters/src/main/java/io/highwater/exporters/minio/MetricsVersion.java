// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

/** Which of a server's metrics are read. */
enum MetricsVersion {
    V3("/minio/metrics/v3", "v3"),
    V2("/minio/v2/metrics/", "v2");

    private final String prefix;
    private final String label;

    MetricsVersion(String prefix, String label) {
        this.prefix = prefix;
        this.label = label;
    }

    String path(MetricsPage page) {
        return prefix + (this == V3 ? page.v3() : page.v2());
    }

    String label() {
        return label;
    }
}
