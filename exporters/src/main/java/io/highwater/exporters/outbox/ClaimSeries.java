// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.OutboxFamilies.*;

import io.highwater.core.Backlog;
import io.highwater.core.Samples;
import io.highwater.exporters.outbox.Numbers.Claims;
import io.highwater.exporters.outbox.Numbers.InState;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What is exposed of one table of claims. */
record ClaimSeries(String name, ClaimTable table, Claims claims) implements Series {

    @Override
    public void add(Samples out) {
        for (var state : claims.states()) {
            add(state, out);
        }
        table.states()
                .forEach((state, limits) ->
                        limits.limit().ifPresent(limit -> out.add(CLAIM_LIMIT, limit.toMillis() / 1e3, name, state)));
    }

    private void add(InState of, Samples out) {
        out.add(CLAIM_ROWS, (double) of.rows().rows(), name, of.state());
        out.add(CLAIM_CAPPED, of.rows().capped(), name, of.state());
        of.oldest().ifPresent(since -> {
            out.add(CLAIM_OLDEST_AGE, claims.age(since), name, of.state());
            out.add(CLAIM_OLDEST, since, name, of.state());
        });
        of.stuck().ifPresent(rows -> out.add(CLAIM_STUCK, (double) rows, name, of.state()));
    }

    /** Each state that is not final is work of its own. Nobody counts how many rows came to it. */
    @Override
    public Stream<Backlog> backlogs(long readNanos) {
        return claims.states().stream()
                .map(of -> new Backlog(
                        "claim",
                        name + "/" + of.state(),
                        of.rows().capped()
                                ? OptionalDouble.empty()
                                : OptionalDouble.of((double) of.rows().rows()),
                        age(of),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        readNanos));
    }

    private OptionalDouble age(InState of) {
        if (of.rows().rows() == 0) {
            return OptionalDouble.of(0);
        }
        return of.oldest().isPresent()
                ? OptionalDouble.of(claims.age(of.oldest().getAsDouble()))
                : OptionalDouble.empty();
    }
}
