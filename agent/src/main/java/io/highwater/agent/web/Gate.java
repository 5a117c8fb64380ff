// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.agent.web.WebConfig.RateLimitConfig;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.util.Optional;

/**
 * What stands between clients and handlers by one reading of the web configuration: the rate limit, the users, the
 * headers. Nothing is exempt, as in the toolkit: a probe of {@code /-/healthy} needs a user, too.
 */
record Gate(WebConfig config, BasicAuth users, Optional<RateLimit> limit) {

    /** Keeps the bucket and the remembered users of the one before if nothing changed about them. */
    static Gate of(WebConfig config, Optional<Gate> before) {
        BasicAuth users = before.filter(it -> it.config.basic_auth_users().equals(config.basic_auth_users()))
                .map(Gate::users)
                .orElseGet(() -> new BasicAuth(config.basic_auth_users()));
        Optional<RateLimit> limit = before.filter(it -> it.config.rate_limit().equals(config.rate_limit()))
                .map(Gate::limit)
                .orElseGet(() -> limit(config.rate_limit()));
        return new Gate(config, users, limit);
    }

    Response answer(Request request, Handler handler) throws Exception {
        if (limit.isPresent() && !limit.get().admits(System.nanoTime())) {
            return Response.text(429, "429 too many requests");
        }
        if (!users.admits(request.header("authorization"))) {
            return withHeaders(Response.text(401, "401 unauthorized").with("WWW-Authenticate", "Basic"));
        }
        return withHeaders(handler.handle(request));
    }

    private Response withHeaders(Response response) {
        Response more = response;
        for (var header : config.http_server_config().headers().entrySet()) {
            if (!response.headers().containsKey(header.getKey())) {
                more = more.with(header.getKey(), header.getValue());
            }
        }
        return more;
    }

    private static Optional<RateLimit> limit(RateLimitConfig config) {
        return config.interval().isPositive()
                ? Optional.of(new RateLimit(config.interval(), config.burst(), System.nanoTime()))
                : Optional.empty();
    }
}
