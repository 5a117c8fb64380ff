// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.core.web.Request;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.wire.Refusal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who asks, in the order of Kubernetes' own servers: the front proxy's headers, the client's certificate, a
 * bearer token. Nobody is anonymous; what was shown and is not good is refused.
 */
public final class Authentication {

    private static final String BEARER = "bearer ";

    private final ConfigMapWatch config;
    private final TokenReviews tokens;

    public Authentication(ConfigMapWatch config, TokenReviews tokens) {
        this.config = config;
        this.tokens = tokens;
    }

    public Caller caller(Request request) throws Refusal, InterruptedException {
        Optional<AuthenticationConfig> known = config.current();
        Optional<Caller> certified = known.isPresent() ? known.get().caller(request) : Optional.empty();
        if (certified.isPresent()) {
            return certified.get();
        }
        Optional<String> token = request.header("authorization").flatMap(Authentication::token);
        if (token.isPresent()) {
            return byToken(token.get());
        }
        if (known.isEmpty()) {
            throw Refusal.unauthorized(
                    "who asks cannot be known before " + ConfigMapWatch.NAME + " was read: " + config.problem());
        }
        if (!request.peerCertificates().isEmpty()) {
            throw Refusal.unauthorized(refusal(request.peerCertificates()));
        }
        return Caller.ANONYMOUS;
    }

    private Caller byToken(String token) throws Refusal, InterruptedException {
        try {
            return tokens.review(token)
                    .orElseThrow(() -> Refusal.unauthorized("the API server does not know the bearer token"));
        } catch (ApiServerException e) {
            throw Refusal.unauthorized("the bearer token could not be reviewed: " + e.getMessage());
        }
    }

    private static Optional<String> token(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static String refusal(List<X509Certificate> chain) {
        X509Certificate shown = chain.getFirst();
        return "the client certificate of " + shown.getSubjectX500Principal() + ", signed by "
                + shown.getIssuerX500Principal() + ", valid until "
                + shown.getNotAfter().toInstant()
                + ", is neither a user's nor that of the front proxy on behalf of a user, according to "
                + ConfigMapWatch.NAME;
    }
}
