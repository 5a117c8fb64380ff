// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Secret;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings refuse, with the key that is wrong, and where requests go. */
class SettingsTest {

    private static final Secret KEY = new Secret("a test", () -> "key");

    private static S3Settings settings(String endpoint, String bucket, String prefix, int bytes) {
        return settings(endpoint, bucket, prefix, bytes, S3Settings.Addressing.PATH, Optional.empty());
    }

    private static S3Settings settings(
            String endpoint,
            String bucket,
            String prefix,
            int bytes,
            S3Settings.Addressing addressing,
            Optional<String> object) {
        return settings(endpoint, KEY, bucket, prefix, bytes, addressing, object);
    }

    private static S3Settings settings(
            String endpoint,
            Secret accessKey,
            String bucket,
            String prefix,
            int bytes,
            S3Settings.Addressing addressing,
            Optional<String> object) {
        return new S3Settings(
                Map.of("s3", endpoint),
                Optional.empty(),
                bucket,
                "us-east-1",
                accessKey,
                KEY,
                addressing,
                prefix,
                bytes,
                object.isPresent(),
                object,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:9000",
                "ftp://s3",
                "http://",
                "http://user:secret@s3",
                "http://s3/?x=1",
                "http://s3/bucket",
                "http://s 3"
            })
    void anEndpointThatIsNoneIsRefused(String endpoint) {
        assertThatThrownBy(() -> settings(endpoint, "bucket", "p/", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoints: write http://host:9000, without")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "b,p/,1,bucket",
        "a/b,p/,1,bucket",
        "bucket,p,1,prefix",
        "bucket,/,1,prefix",
        "bucket,../,1,prefix",
        "bucket,a b/,1,prefix",
        "bucket,p/,0,objectBytes",
        "bucket,p/,16777217,objectBytes"
    })
    void whatIsWrongIsNamed(String bucket, String prefix, int bytes, String key) {
        assertThatThrownBy(() -> settings("http://s3", bucket, prefix, bytes)).hasMessageStartingWith(key + ": ");
    }

    @Test
    void theEntryIsOneOfTheEndpoints() {
        assertThatThrownBy(() -> Stores.probing("http://s3").through("balancer").settings())
                .hasMessage("entry: balancer is not among the endpoints");
    }

    @Test
    void aTimeAndAPlanThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Stores.probing("http://s3").slow(Duration.ZERO).settings())
                .hasMessageStartingWith("slow: ");
        assertThatThrownBy(() -> Stores.probing("http://s3")
                        .with(Map.of("a/b", new BucketPlan(true, false, false, false, false)))
                        .settings())
                .hasMessageStartingWith("buckets: a/b ");
        assertThatThrownBy(() -> Stores.probing(Map.of()).settings()).hasMessageStartingWith("endpoints: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "with a blank", "schlüssel"})
    void aKeyThatNoHeaderCanHoldIsRefusedWithoutShowingIt(String key) {
        var secret = new Secret("file /run/secrets/s3-access", () -> key);
        var settings = settings("http://s3", secret, "bucket", "p/", 1, S3Settings.Addressing.PATH, Optional.empty());
        var port = new S3Port(new SignedRequests(settings.endpoint("s3"), settings, InstantSource.system()));
        try (var link = new HttpLink(Optional.empty())) {
            assertThatThrownBy(() -> port.ask(link.visit(Duration.ofSeconds(1)), S3Question.ofBucket("HEAD", "bucket")))
                    .isInstanceOfSatisfying(
                            S3Failure.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.AUTH))
                    .hasMessage("accessKey from file /run/secrets/s3-access: not what a header can hold");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PATH,http://s3:9000,http://s3:9000/bucket/a/b%20%2B%C3%BC",
        "PATH,https://s3,https://s3/bucket/a/b%20%2B%C3%BC",
        "HOST,https://s3.example,https://bucket.s3.example/a/b%20%2B%C3%BC",
        "PATH,http://[::1]:9000,http://[::1]:9000/bucket/a/b%20%2B%C3%BC"
    })
    void whereRequestsGo(S3Settings.Addressing addressing, String endpoint, String url) throws Exception {
        var settings = settings(endpoint, "bucket", "p/", 1, addressing, Optional.of("a/b +ü"));
        var request = new SignedRequests(settings.endpoint("s3"), settings, InstantSource.system())
                .of(S3Question.ofObject("GET", "bucket", "a/b +ü"));
        assertThat(request.url()).hasToString(url);
        assertThat(request.header("Host")).isEqualTo(url.split("/")[2]);
        assertThat(request.header("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=key/");
    }
}
