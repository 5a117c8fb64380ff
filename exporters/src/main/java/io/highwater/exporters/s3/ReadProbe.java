// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;

/** Whether the bucket is there and, when one is named, whether an object can be read: for who may write nothing. */
final class ReadProbe implements Probe {

    private final S3Port port;
    private final S3Settings settings;

    ReadProbe(S3Port port, S3Settings settings) {
        this.port = port;
        this.settings = settings;
    }

    @Override
    public void run(HttpLink.Visit visit, ClockOffset clock, Samples out) throws S3Failure {
        Step.BUCKET.take(out, () -> headBucket(visit, clock));
        if (settings.object().isPresent()) {
            var get = S3Question.ofObject(
                    "GET", settings.bucket(), settings.object().get());
            Step.GET.take(out, () -> port.ask(visit, get, clock::note));
        }
    }

    /** A HEAD that is refused says no more than 403. Where the bucket is says whether it is us, the key or the clock. */
    private S3Answer headBucket(HttpLink.Visit visit, ClockOffset clock) throws S3Failure {
        try {
            return port.ask(visit, S3Question.ofBucket("HEAD", settings.bucket()), clock::note);
        } catch (S3Failure e) {
            if (e.reason() == FailureReason.DENIED) {
                port.ask(visit, S3Question.setUp(settings.bucket(), "location"));
            }
            throw e;
        }
    }
}
