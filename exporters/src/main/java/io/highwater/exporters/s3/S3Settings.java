// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** What the configuration says of one S3 store, under {@code clusters.<name>.s3}. */
public record S3Settings(
        @Doc(
                "the store's endpoints: a stable name and http://host:9000 each, the load balancer among them if there is one")
        Map<String, String> endpoints,

        @Doc(
                "which of them users go through, the load balancer; the store serves when this one does, or any without this key")
        Optional<String> entry,

        @Doc("the bucket of the probe's objects, which is best its own")
        String bucket,

        @Doc("the region that requests are signed for") @Default("us-east-1")
        String region,

        @Doc("the access key") Secret accessKey,

        @Doc("the secret key") Secret secretKey,

        @Doc("where a bucket's name stands: path is http://host/bucket, host is http://bucket.host") @Default("path")
        Addressing addressing,

        @Doc("what the names of the probe's objects begin with; what killed agents left there is removed")
        @Default("highwater-probe/")
        String prefix,

        @Doc("how large the probe's object is, in bytes") @Default("1024")
        int objectBytes,

        @Doc("true to write nothing: whether the bucket is there is asked, and object is read") @Default("false")
        boolean readOnly,

        @Doc("with readOnly, the object that is read") Optional<String> object,

        @Doc(
                "a probe that takes longer than this counts as too slow, though it succeeds; the collector's timeout when left out")
        Optional<Duration> slow,

        @Doc("buckets whose set-up is read, and what each is to have") @Default("{}")
        Map<String, BucketPlan> buckets,

        @Doc("TLS for https; tls: {} takes what the JDK trusts")
        Optional<ClientTls> tls) {

    /** Where a bucket's name stands in a URL. */
    public enum Addressing {
        PATH,
        HOST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)+");
    private static final int MOST_BYTES = 16 << 20;

    public S3Settings {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: write at least one");
        }
        endpoints.values().forEach(S3Settings::url);
        if (entry.isPresent() && !endpoints.containsKey(entry.get())) {
            throw new IllegalArgumentException("entry: " + entry.get() + " is not among the endpoints");
        }
        checkBucket("bucket", bucket);
        buckets.keySet().forEach(name -> checkBucket("buckets", name));
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region: write letters, digits and -, as in us-east-1");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix: write letters, digits, . _ - and a / at the end");
        }
        if (objectBytes < 1 || objectBytes > MOST_BYTES) {
            throw new IllegalArgumentException("objectBytes: write 1 to " + MOST_BYTES);
        }
        if (object.isPresent() && !readOnly) {
            throw new IllegalArgumentException("object: is read with readOnly: true alone");
        }
        if (object.isPresent() && object.get().isBlank()) {
            throw new IllegalArgumentException("object: write its name, or leave the key out");
        }
        if (slow.isPresent() && slow.get().toMillis() < 1) {
            throw new IllegalArgumentException("slow: write 1ms or more");
        }
    }

    private static void checkBucket(String key, String name) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException(key + ": " + name + " is not the name of a bucket");
        }
    }

    private static HttpUrl url(String endpoint) {
        var url = HttpAccess.url(endpoint, "endpoints", "http://host:9000");
        if (url.query() != null || !url.encodedPath().equals("/")) {
            throw new IllegalArgumentException("endpoints: write http://host:9000, without a path or a query");
        }
        return url;
    }

    HttpUrl endpoint(String node) {
        return url(endpoints.getOrDefault(node, ""));
    }

    /** The endpoints that are not the entry: servers, as far as is known. */
    List<String> servers() {
        return endpoints.keySet().stream()
                .filter(name -> !Optional.of(name).equals(entry))
                .toList();
    }
}
