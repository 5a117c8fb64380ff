// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** What the configuration says of MinIO servers, under {@code clusters.<name>.minio}. */
public record MinioSettings(
        @Doc(
                "the servers, each asked for itself and none through a load balancer: a stable name and http://host:9000 each")
        Map<String, String> nodes,

        @Doc("the access key whose policy allows admin:Prometheus; left out when metrics are public")
        Optional<String> accessKey,

        @Doc("its secret key, of which the bearer token is made")
        Optional<Secret> secretKey,

        @Doc("a bearer token, as mc admin prometheus generate makes it, in place of both keys")
        Optional<Secret> token,

        @Doc("which of the servers' metrics are read; auto takes v3 where there is v3, else v2") @Default("auto")
        Metrics metrics,

        @Doc("TLS for https; tls: {} takes what the JDK trusts")
        Optional<ClientTls> tls) {

    /** Which of the servers' metrics are read. */
    public enum Metrics {
        AUTO,
        V3,
        V2;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** It is a part of a JSON text and of no other. */
    private static final Pattern ACCESS_KEY = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]+");

    public MinioSettings {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: write at least one");
        }
        nodes.values().forEach(MinioSettings::url);
        if (accessKey.isPresent() != secretKey.isPresent()) {
            throw new IllegalArgumentException(
                    (accessKey.isPresent() ? "accessKey" : "secretKey") + ": accessKey and secretKey go together");
        }
        if (accessKey.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException("token: write accessKey and secretKey, or a token");
        }
        if (accessKey.isPresent() && !ACCESS_KEY.matcher(accessKey.get()).matches()) {
            throw new IllegalArgumentException("accessKey: write it as MinIO has it, without blanks, \" and \\");
        }
    }

    private static HttpUrl url(String address) {
        var url = HttpAccess.url(address, "nodes", "http://host:9000");
        if (!url.encodedPath().equals("/") || url.query() != null) {
            throw new IllegalArgumentException("nodes: write http://host:9000, without a path");
        }
        return url;
    }

    HttpUrl node(String name) {
        return url(nodes.getOrDefault(name, ""));
    }
}
