// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.core.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One query that was put to a server, and what came of it.
 *
 * @param answer without series when it failed
 * @param serverIsWell whether the server did its part: it answered, or it is the query that is wrong
 */
record AskedQuery(
        String name,
        QueryAnswers.Answer answer,
        List<String> remarks,
        Optional<CollectionException> failure,
        boolean serverIsWell,
        Duration took) {

    /** What a server says may hold a whole query. */
    private static final int MOST_TEXT = 300;

    static AskedQuery answered(String name, QueryReply reply, int maxSeries, long askedNanos) {
        var refused = refusal(reply, maxSeries);
        var answer = new QueryAnswers.Answer(refused.isPresent() ? List.of() : reply.series(), askedNanos);
        boolean well = reply.error().isEmpty() || reply.error().get().isOfQuery();
        return new AskedQuery(name, answer, reply.remarks(), refused, well, since(askedNanos));
    }

    static AskedQuery failed(String name, CollectionException failure, long askedNanos) {
        var none = new QueryAnswers.Answer(List.of(), askedNanos);
        return new AskedQuery(name, none, List.of(), Optional.of(failure), false, since(askedNanos));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Why an answer is none. Some of too many series would be a wrong sum. */
    private static Optional<CollectionException> refusal(QueryReply reply, int maxSeries) {
        if (reply.error().isPresent()) {
            var error = reply.error().get();
            var reason = error.type().equals("timeout") ? Reason.TIMEOUT : Reason.PROTOCOL;
            return Optional.of(new CollectionException(
                    reason, "the server says " + error.type() + ": " + Texts.cut(error.message(), MOST_TEXT)));
        }
        if (!List.of("vector", "scalar").contains(reply.resultType())) {
            return refusal("gives a " + reply.resultType() + ", not a vector or a scalar");
        }
        return reply.series().size() > maxSeries
                ? refusal("gives more than " + maxSeries + " series (maxSeries)")
                : Optional.empty();
    }

    private static Optional<CollectionException> refusal(String message) {
        return Optional.of(new CollectionException(Reason.PROTOCOL, message));
    }

    void addTo(Samples out) {
        out.add(PrometheusFamilies.SUCCESS, failure.isEmpty(), name);
        out.add(PrometheusFamilies.DURATION, took.toNanos() / 1e9, name);
        if (failure.isEmpty()) {
            out.add(PrometheusFamilies.SERIES, answer.series().size(), name);
        }
        failure.ifPresent(
                why -> out.note("query " + name + " failed, " + why.reason().label() + ": " + why.getMessage()));
        remarks.forEach(remark -> out.note("query " + name + ": " + Texts.cut(remark, MOST_TEXT)));
    }
}
