// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.Exposition;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.util.Set;

/** {@code /metrics}: what is known of everything; {@code ?name[]=pg_up} for some families alone. Waits for nobody. */
public record MetricsPage(Exposition exposition) implements Handler {

    @Override
    public Response handle(Request request) {
        var format = Negotiation.format(request);
        var page = exposition.render(format, Set.copyOf(request.parameters("name[]")), Negotiation.takesGzip(request));
        return Negotiation.describe(Response.ok(format.contentType(), page.parts()), page.gzip());
    }
}
