// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Samples;
import java.util.List;

/**
 * How much there is in all buckets, as one server knows it of the scanner.
 *
 * @param updatedMillis when the scanner told, by the agent's clock
 */
record UsageReport(long updatedMillis, List<Reading> readings) {

    UsageReport {
        readings = List.copyOf(readings);
    }

    void addTo(Samples out) {
        out.add(ClusterFamilies.USAGE_UPDATED, updatedMillis / 1e3);
        readings.forEach(reading -> reading.addTo(out));
    }
}
