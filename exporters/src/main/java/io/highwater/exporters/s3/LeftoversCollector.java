// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what agents wrote that were killed before they could delete it: objects below the prefix with a probe's name,
 * all their versions and markers, once they are so old that no probe can still be at them. All by the store's clock.
 */
final class LeftoversCollector implements Collector {

    private final HttpLink link;
    private final S3Port port;
    private final S3Settings settings;
    private final Supplier<Duration> age;
    private final Duration timeout;
    private long removed;
    private volatile HttpLink.@Nullable Visit inFlight;

    /** @param age from which on nobody is at work on an object */
    LeftoversCollector(HttpLink link, S3Port port, S3Settings settings, Supplier<Duration> age, Duration timeout) {
        this.link = link;
        this.port = port;
        this.settings = settings;
        this.age = age;
        this.timeout = timeout;
    }

    private record Leftover(String key, Optional<String> version) {}

    @Override
    public void collect(Samples out) throws CollectionException {
        var visit = link.visit(timeout);
        inFlight = visit;
        var refusals = new ArrayList<S3Failure>();
        long before = removed;
        try {
            for (var leftover : leftovers(visit)) {
                remove(visit, leftover).ifPresent(refusals::add);
            }
        } catch (S3Failure e) {
            // A slow store is cleared bit by bit.
            boolean isLate = e.reason() == FailureReason.TIMEOUT && removed > before;
            if (e.reason() != FailureReason.DENIED && !isLate) {
                throw e.asCollectionFailure();
            }
            refusals.add(e);
        }
        if (!refusals.isEmpty()) {
            out.note("what killed agents left is not all removed: "
                    + refusals.getFirst().getMessage());
        }
        out.add(S3Families.LEFTOVERS_REMOVED, (double) removed);
    }

    /** Returns why this one stays; others may go. */
    private Optional<S3Failure> remove(HttpLink.Visit visit, Leftover leftover) throws S3Failure {
        var question =
                S3Question.ofObject("DELETE", settings.bucket(), leftover.key).version(leftover.version);
        try {
            port.ask(visit, question);
            removed++;
            return Optional.empty();
        } catch (S3Failure e) {
            // The latter is MinIO's word for one that is kept for a time.
            if (e.reason() == FailureReason.DENIED || e.hasCode("InvalidRequest")) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    /** Of the first page of the list, a thousand; what is left is for the next time. */
    private List<Leftover> leftovers(HttpLink.Visit visit) throws S3Failure {
        var list =
                S3Question.ofBucket("GET", settings.bucket()).with("prefix", ProbeObjects.beginning(settings.prefix()));
        try {
            return leftovers(visit, list.with("versions", ""), "ListVersionsResult");
        } catch (S3Failure e) {
            if (!e.isNotImplemented()) {
                throw e;
            }
            return leftovers(visit, list.with("list-type", "2"), "ListBucketResult");
        }
    }

    private List<Leftover> leftovers(HttpLink.Visit visit, S3Question list, String root) throws S3Failure {
        var answer = port.ask(visit, list);
        var now = Objects.requireNonNullElseGet(answer.headers().getInstant("Date"), Instant::now);
        var latest = now.minus(age.get());
        return S3Port.document(answer, list, root).children().stream()
                .filter(item -> Stream.of("Version", "DeleteMarker", "Contents").anyMatch(item.name()::equals))
                .filter(item -> isOlder(item, latest))
                .map(item -> new Leftover(item.textOf("Key").orElse(""), item.textOf("VersionId")))
                .filter(leftover -> ProbeObjects.isOne(settings.prefix(), leftover.key))
                .toList();
    }

    /** One that does not say how old it is may be new. */
    private static boolean isOlder(S3Xml item, Instant latest) {
        try {
            return item.textOf("LastModified")
                    .map(text -> OffsetDateTime.parse(text).toInstant().isBefore(latest))
                    .orElse(false);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
