// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A collector whose requests to one server share a deadline, and are cut together. */
final class VisitCollector implements Collector {

    /** What is asked in one collection. */
    @FunctionalInterface
    interface Questions {
        void ask(HttpLink.Visit visit, Samples out) throws CollectionException;
    }

    private final HttpLink link;
    private final Duration timeout;
    private final Questions questions;
    private volatile HttpLink.@Nullable Visit inFlight;

    VisitCollector(HttpLink link, Duration timeout, Questions questions) {
        this.link = link;
        this.timeout = timeout;
        this.questions = questions;
    }

    @Override
    public void collect(Samples out) throws CollectionException {
        var visit = link.visit(timeout);
        inFlight = visit;
        questions.ask(visit, out);
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
