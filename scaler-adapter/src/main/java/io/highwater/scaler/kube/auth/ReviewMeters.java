// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times one kind of question to the API server. */
final class ReviewMeters {

    private final MeterRegistry registry;
    private final String review;
    private final Counter hits;

    /** @param review {@code token} or {@code access} */
    ReviewMeters(MeterRegistry registry, String review) {
        this.registry = registry;
        this.review = review;
        this.hits = Counter.builder("highwater.kubernetes.review.cache.hits")
                .description("Questions about callers that an answer of the last seconds answered, or one under way.")
                .tag("review", review)
                .register(registry);
    }

    void hit() {
        hits.increment();
    }

    /** @param result {@code allowed}, {@code denied} or {@code error} */
    void asked(String result, long sinceNanos) {
        Timer.builder("highwater.kubernetes.review.duration")
                .description("How long the API server took to answer who a caller is (token) or what it may (access).")
                .tags("review", review, "result", result)
                .register(registry)
                .record(Duration.ofNanos(System.nanoTime() - sinceNanos));
    }
}
