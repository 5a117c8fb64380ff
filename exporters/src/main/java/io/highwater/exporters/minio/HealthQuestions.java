// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.exporters.minio.Health.Verdict;
import java.time.Duration;

/**
 * Whether a server is there, and whether it finds enough drives. It is there also when it cannot say the latter: while
 * another one hangs, that question hangs everywhere.
 */
record HealthQuestions(Health health, Duration timeout) implements VisitCollector.Questions {

    @Override
    public void ask(HttpLink.Visit visit, Samples out) throws CollectionException {
        health.live(visit);
        var limit = timeout.dividedBy(2);
        var writable = health.writable(visit, limit);
        // What can be written can be read: that takes no more drives. What hung once is not asked again.
        var readable = writable == Verdict.NO ? health.readable(visit, limit) : writable;
        new NodeHealth(writable, readable).addTo(out);
    }
}
