// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;

/** One node of a blockchain that can be asked by HTTP. */
public record ChainEndpoint(
        @Doc("the URL of its API") String url,

        @Doc("a key that is the last part of the URL's path")
        Optional<Secret> key,

        @Doc("the user of basic authentication") Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a bearer token, in place of user and password")
        Optional<Secret> token,

        @Doc("headers that are sent with every request; no secrets") @Default("{}")
        Map<String, String> headers) {

    public ChainEndpoint {
        HttpAccess.url(url, "url", "http://node:8545");
        new HttpAccess(user, password, token, headers); // refuses what does not fit
    }

    /** @param path below the API's own, in parts; each is escaped */
    Request.Builder request(String... path) throws CollectionException {
        var whole = HttpAccess.url(url, "url", "").newBuilder();
        if (key.isPresent()) {
            whole.addPathSegment(revealed(key.get()));
        }
        for (var part : path) {
            whole.addPathSegment(part);
        }
        return new HttpAccess(user, password, token, headers).request(whole.build());
    }

    private static String revealed(Secret secret) throws CollectionException {
        try {
            return secret.reveal();
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }
}
