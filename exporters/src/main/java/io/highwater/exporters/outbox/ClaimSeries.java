// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.OutboxFamilies.*;

import io.highwater.core.Samples;
import io.highwater.exporters.outbox.Numbers.Claims;
import io.highwater.exporters.outbox.Numbers.InState;

/** What is exposed of one table of claims. */
final class ClaimSeries {

    private ClaimSeries() {}

    static void add(String name, ClaimTable table, Claims claims, Samples out) {
        for (var state : claims.states()) {
            add(name, claims, state, out);
        }
        table.states()
                .forEach((state, limits) ->
                        limits.limit().ifPresent(limit -> out.add(CLAIM_LIMIT, limit.toMillis() / 1e3, name, state)));
    }

    private static void add(String name, Claims claims, InState of, Samples out) {
        out.add(CLAIM_ROWS, (double) of.rows().rows(), name, of.state());
        out.add(CLAIM_CAPPED, of.rows().capped(), name, of.state());
        of.oldest().ifPresent(since -> {
            out.add(CLAIM_OLDEST_AGE, claims.age(since), name, of.state());
            out.add(CLAIM_OLDEST, since, name, of.state());
        });
        of.stuck().ifPresent(rows -> out.add(CLAIM_STUCK, (double) rows, name, of.state()));
    }
}
