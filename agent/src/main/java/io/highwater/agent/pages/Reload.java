// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.agent.config.ConfigException;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;

/** {@code POST /-/reload}: reads the configuration again; 500 with the problems when it is refused. */
public record Reload(Action action) implements Handler {

    /** Reads it and puts it in force, or changes nothing. */
    @FunctionalInterface
    public interface Action {
        void run() throws ConfigException;
    }

    @Override
    public Response handle(Request request) {
        try {
            action.run();
            return Response.text(200, "The configuration is in force.");
        } catch (ConfigException e) {
            return Response.text(
                    500, "The configuration is refused, the one before stays in force:\n" + e.getMessage());
        }
    }
}
