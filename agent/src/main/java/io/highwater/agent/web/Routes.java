// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The paths that are served, each exact, and what answers them. Complete before a {@link WebServer} starts. */
public final class Routes {

    private final Map<String, Map<String, Handler>> handlers = new TreeMap<>();

    /** Answers GET, and HEAD by leaving out the body. */
    public Routes get(String path, Handler handler) {
        return on("GET", path, handler).on("HEAD", path, handler);
    }

    public Routes post(String path, Handler handler) {
        return on("POST", path, handler);
    }

    public Routes put(String path, Handler handler) {
        return on("PUT", path, handler);
    }

    /** In alphabetical order, for a landing page. */
    public Set<String> paths() {
        return new TreeSet<>(handlers.keySet());
    }

    Response answer(Request request) throws Exception {
        Map<String, Handler> methods = handlers.get(request.path());
        if (methods == null) {
            return Response.text(404, "404 page not found");
        }
        Handler handler = methods.get(request.method());
        if (handler == null) {
            return Response.text(405, "405 method not allowed").with("Allow", String.join(", ", methods.keySet()));
        }
        return handler.handle(request);
    }

    private Routes on(String method, String path, Handler handler) {
        if (handlers.computeIfAbsent(path, _ -> new TreeMap<>()).putIfAbsent(method, handler) != null) {
            throw new IllegalArgumentException("two handlers for " + method + " " + path);
        }
        return this;
    }
}
