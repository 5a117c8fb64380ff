// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.Optional;
import okhttp3.Headers;
import okio.ByteString;

/** A store's answer, read to its end, whose status says success. */
record S3Answer(Headers headers, ByteString body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
