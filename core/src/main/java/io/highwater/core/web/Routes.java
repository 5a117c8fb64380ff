// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The paths that are served and what answers them: each exact, or all under a prefix. Complete before a {@link WebServer}
 * starts.
 */
public final class Routes implements Handler {

    private final Map<String, Map<String, Handler>> handlers = new TreeMap<>();
    private final NavigableMap<String, Handler> prefixes = new TreeMap<>();

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

    /**
     * Answers all methods of the paths that begin so and have no route of their own; of two prefixes, the longer one does.
     *
     * @param prefix ends with a slash
     */
    public Routes under(String prefix, Handler handler) {
        if (!prefix.endsWith("/") || prefixes.putIfAbsent(prefix, handler) != null) {
            throw new IllegalArgumentException("no prefix, or there twice: " + prefix);
        }
        return this;
    }

    /** The exact ones in alphabetical order, for a landing page. */
    public Set<String> paths() {
        return new TreeSet<>(handlers.keySet());
    }

    @Override
    public Response handle(Request request) throws Exception {
        Map<String, Handler> methods = handlers.get(request.path());
        if (methods == null) {
            return under(request);
        }
        Handler handler = methods.get(request.method());
        if (handler == null) {
            return Response.text(405, "405 method not allowed").with("Allow", String.join(", ", methods.keySet()));
        }
        return handler.handle(request);
    }

    private Response under(Request request) throws Exception {
        for (var prefix : prefixes.descendingMap().entrySet()) {
            if (request.path().startsWith(prefix.getKey())) {
                return prefix.getValue().handle(request);
            }
        }
        return Response.text(404, "404 page not found");
    }

    private Routes on(String method, String path, Handler handler) {
        if (handlers.computeIfAbsent(path, _ -> new TreeMap<>()).putIfAbsent(method, handler) != null) {
            throw new IllegalArgumentException("two handlers for " + method + " " + path);
        }
        return this;
    }
}
