// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.web.Handler;
import io.highwater.core.web.Response;
import java.util.function.BooleanSupplier;

/** What Kubernetes and load balancers ask; paths and words are Prometheus'. */
public final class Health {

    private Health() {}

    /** {@code /-/healthy}: whoever answers is. */
    public static Handler healthy() {
        return _ -> Response.text(200, "Highwater is Healthy.");
    }

    /** {@code /-/ready}: 503 until a scrape would see every target's state. */
    public static Handler ready(BooleanSupplier complete) {
        return _ -> complete.getAsBoolean()
                ? Response.text(200, "Highwater is Ready.")
                : Response.text(503, "Highwater is not ready: not every first collection has ended.");
    }
}
