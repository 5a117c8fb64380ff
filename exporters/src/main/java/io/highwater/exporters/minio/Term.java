// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Family;
import java.util.Map;

/**
 * One of our families in the words of the servers' metrics.
 *
 * @param v3 the name in metrics v3, which leave out what is 0; empty when they have it elsewhere
 * @param v2 the name in metrics v2; empty when they have it elsewhere
 * @param v3Scale from the unit of v3 to ours
 * @param v2Scale from the unit of v2 to ours
 * @param fixed labels that only our family has
 * @param zeroFor a series of v3 on the same page: wherever that is and this is not, this is 0; empty for none
 * @param silentIsZero whether this is 0 in v3 when the page has nothing of it
 */
record Term(
        Family family,
        String v3,
        String v2,
        double v3Scale,
        double v2Scale,
        Map<String, String> fixed,
        String zeroFor,
        boolean silentIsZero) {

    static Term of(Family family, String v3, String v2) {
        return new Term(family, v3, v2, 1, 1, Map.of(), "", false);
    }

    Term scaled(double ofV3, double ofV2) {
        return new Term(family, v3, v2, ofV3, ofV2, fixed, zeroFor, silentIsZero);
    }

    Term with(String label, String value) {
        return new Term(family, v3, v2, v3Scale, v2Scale, Map.of(label, value), zeroFor, silentIsZero);
    }

    Term zeroFor(String other) {
        return new Term(family, v3, v2, v3Scale, v2Scale, fixed, other, silentIsZero);
    }

    /** For one without labels but fixed ones. */
    Term zeroWhenSilent() {
        return new Term(family, v3, v2, v3Scale, v2Scale, fixed, zeroFor, true);
    }

    String name(MetricsVersion version) {
        return version == MetricsVersion.V3 ? v3 : v2;
    }

    double scale(MetricsVersion version) {
        return version == MetricsVersion.V3 ? v3Scale : v2Scale;
    }
}
