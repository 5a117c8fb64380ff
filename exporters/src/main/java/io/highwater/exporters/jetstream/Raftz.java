// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.ServerFamilies.META_APPLY_LAG;
import static io.highwater.exporters.jetstream.ServerFamilies.META_TERM;

import io.highwater.core.Samples;
import io.highwater.exporters.client.Json;
import java.io.IOException;

/**
 * One server's part in the meta group, from {@code /raftz}, which servers have from 2.10 on.
 *
 * @param term how many elections there were
 * @param committed what a quorum has
 * @param applied what this server has acted upon
 */
record Raftz(long term, long committed, long applied) {

    static final String PATH = "/raftz?group=_meta_";

    /** The groups stand under the name of the system account. */
    static Raftz read(Json json) throws IOException {
        var found = new long[3];
        json.object(_ -> json.object(_ -> json.object(field -> {
            switch (field) {
                case "term" -> found[0] = json.whole();
                case "committed" -> found[1] = json.whole();
                case "applied" -> found[2] = json.whole();
                default -> {}
            }
        })));
        return new Raftz(found[0], found[1], found[2]);
    }

    void add(Samples out) {
        if (term > 0) {
            out.add(META_TERM, (double) term);
            out.add(META_APPLY_LAG, (double) Math.max(0, committed - applied));
        }
    }
}
