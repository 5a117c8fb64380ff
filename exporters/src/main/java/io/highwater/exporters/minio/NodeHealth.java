// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.minio.Health.Verdict;

/** What one server that answers finds of the drives of all. */
record NodeHealth(Verdict writable, Verdict readable) {

    void addTo(Samples out) {
        add(NodeFamilies.SEES_WRITES, writable, out);
        add(NodeFamilies.SEES_READS, readable, out);
        out.fact(this);
    }

    private static void add(Family family, Verdict verdict, Samples out) {
        if (verdict == Verdict.UNKNOWN) {
            out.note(family.source() + ": no answer in time, or it is starting");
        } else {
            out.add(family, verdict == Verdict.YES);
        }
    }
}
