// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okio.ByteString;

/**
 * One request of S3's interface.
 *
 * @param key of the object; empty for the bucket itself
 * @param query by name
 */
record S3Question(
        String method, String bucket, Optional<String> key, Map<String, String> query, Optional<ByteString> body) {

    S3Question {
        query = new TreeMap<>(query); // signed in this order
    }

    static S3Question ofBucket(String method, String bucket) {
        return new S3Question(method, bucket, Optional.empty(), Map.of(), Optional.empty());
    }

    static S3Question ofObject(String method, String bucket, String key) {
        return new S3Question(method, bucket, Optional.of(key), Map.of(), Optional.empty());
    }

    static S3Question put(String bucket, String key, ByteString content) {
        return new S3Question("PUT", bucket, Optional.of(key), Map.of(), Optional.of(content));
    }

    /** A part of a bucket's set-up, such as {@code versioning}. */
    static S3Question setUp(String bucket, String part) {
        return ofBucket("GET", bucket).with(part, "");
    }

    S3Question with(String name, String value) {
        var more = new TreeMap<>(query);
        more.put(name, value);
        return new S3Question(method, bucket, key, more, body);
    }

    /** One version of the object. */
    S3Question version(Optional<String> id) {
        return id.isEmpty() ? this : with("versionId", id.get());
    }
}
