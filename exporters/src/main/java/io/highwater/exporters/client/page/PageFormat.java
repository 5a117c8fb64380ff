// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import java.util.Set;

/** The two text formats of a metrics page, as far as they differ to a reader. */
public enum PageFormat {
    /** {@code text/plain; version=0.0.4}: times in milliseconds, any comment, no end. */
    TEXT,
    /** {@code application/openmetrics-text; version=1.0.0}: times in seconds, exemplars, {@code # EOF}. */
    OPENMETRICS;

    private static final Set<String> COMMON = Set.of("counter", "gauge", "histogram", "summary");
    private static final Set<String> NEWER = Set.of("gaugehistogram", "info", "stateset", "unknown");

    /** What a page is, by its {@code Content-Type}; many programs say nothing or something else for the older one. */
    public static PageFormat of(String contentType) {
        return contentType.startsWith("application/openmetrics-text") ? OPENMETRICS : TEXT;
    }

    boolean hasType(String type) {
        return COMMON.contains(type) || (this == TEXT ? type.equals("untyped") : NEWER.contains(type));
    }
}
