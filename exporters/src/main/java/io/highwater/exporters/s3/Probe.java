// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;

/** What is tried of a store, step by step. */
@FunctionalInterface
interface Probe {

    /**
     * Tries it once, and adds how each step went.
     *
     * @throws S3Failure of the first step that failed
     */
    void run(HttpLink.Visit visit, ClockOffset clock, Samples out) throws S3Failure;
}
