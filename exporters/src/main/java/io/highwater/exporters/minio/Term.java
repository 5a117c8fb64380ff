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
 * @param v3Zero a series of v3 on the same page: wherever that is and this is not, this is 0; empty for none
 * @param v2Zero the same of v2
 * @param silentIsZero whether this is 0 in v3 when the page has nothing of it
 */
record Term(
        Family family,
        String v3,
        String v2,
        double v3Scale,
        double v2Scale,
        Map<String, String> fixed,
        String v3Zero,
        String v2Zero,
        boolean silentIsZero) {

    static Term of(Family family, String v3, String v2) {
        return new Term(family, v3, v2, 1, 1, Map.of(), "", "", false);
    }

    Term scaled(double ofV3, double ofV2) {
        return new Term(family, v3, v2, ofV3, ofV2, fixed, v3Zero, v2Zero, silentIsZero);
    }

    Term with(String label, String value) {
        return new Term(family, v3, v2, v3Scale, v2Scale, Map.of(label, value), v3Zero, v2Zero, silentIsZero);
    }

    Term zeroFor(String inV3, String inV2) {
        return new Term(family, v3, v2, v3Scale, v2Scale, fixed, inV3, inV2, silentIsZero);
    }

    /** Of what v2 shows when it is 0. */
    Term zeroFor(String inV3) {
        return zeroFor(inV3, "");
    }

    /** For one without labels but fixed ones. */
    Term zeroWhenSilent() {
        return new Term(family, v3, v2, v3Scale, v2Scale, fixed, v3Zero, v2Zero, true);
    }

    String name(MetricsVersion version) {
        return version == MetricsVersion.V3 ? v3 : v2;
    }

    double scale(MetricsVersion version) {
        return version == MetricsVersion.V3 ? v3Scale : v2Scale;
    }

    String zero(MetricsVersion version) {
        return version == MetricsVersion.V3 ? v3Zero : v2Zero;
    }
}
