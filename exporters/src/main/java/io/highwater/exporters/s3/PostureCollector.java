// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** How buckets are set up, as one endpoint tells it; they are exposed once, however many endpoints do. */
final class PostureCollector implements Collector {

    private final HttpLink link;
    private final S3Port port;
    private final S3Settings settings;
    private final Duration timeout;
    private volatile HttpLink.@Nullable Visit inFlight;

    PostureCollector(HttpLink link, S3Port port, S3Settings settings, Duration timeout) {
        this.link = link;
        this.port = port;
        this.settings = settings;
        this.timeout = timeout;
    }

    /** A bucket that is not there leaves the others as they are. */
    @Override
    public void collect(Samples out) throws CollectionException {
        var visit = link.visit(timeout);
        inFlight = visit;
        var seen = new ArrayList<BucketSetup>();
        var missing = new ArrayList<String>();
        for (var bucket : settings.buckets().keySet()) {
            try {
                seen.add(new SetupReader(port, visit, bucket).read(out));
            } catch (S3Failure e) {
                if (e.reason() != FailureReason.NO_BUCKET) {
                    throw e.asCollectionFailure();
                }
                missing.add(bucket);
                out.note("there is no bucket " + bucket);
            }
        }
        out.fact(new BucketsSeen(seen, missing));
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
