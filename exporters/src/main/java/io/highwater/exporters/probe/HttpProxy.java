// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** An HTTP proxy on the way. */
public record HttpProxy(
        @Doc("http://host:3128") String url,
        @Doc("the user to log in as at the proxy") Optional<String> user,
        @Doc("the user's password at the proxy") Optional<Secret> password) {

    public HttpProxy {
        if (HttpAccess.url(url, "url", "http://host:3128").isHttps()) {
            throw new IllegalArgumentException("url: write http://host:3128; TLS to a proxy is not spoken");
        }
        var _ = new HttpAccess(user, password, Optional.empty(), Map.of());
    }

    HttpUrl server() {
        return HttpAccess.url(url, "url", "http://host:3128");
    }

    HttpAccess access() {
        return new HttpAccess(user, password, Optional.empty(), Map.of());
    }
}
