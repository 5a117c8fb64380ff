// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** What probes ask, which anybody may. It says nothing of backends: their failure must not stop discovery. */
final class Health {

    private final Supplier<String> notReady;

    /** @param notReady why requests could not be answered; empty when they could */
    Health(Supplier<String> notReady) {
        this.notReady = notReady;
    }

    /** None when the path is not one of a probe's. */
    Optional<Response> answer(Request request) {
        return switch (request.path()) {
            case "/livez", "/healthz" -> Optional.of(Response.text(200, "ok"));
            case "/readyz" -> Optional.of(ready(notReady.get()));
            default -> Optional.empty();
        };
    }

    private static Response ready(String problem) {
        return problem.isEmpty() ? Response.text(200, "ok") : Response.text(503, problem);
    }
}
