// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.core.web.Response;
import io.highwater.scaler.kube.client.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * No, in the form of Kubernetes' {@code Status}. An autoscaler puts the message into its condition and its event, so it
 * says what to do.
 *
 * <p>It never comes with {@code Retry-After}: Kubernetes' client would sleep that long and try ten times, inside one of
 * the few workers that all autoscalers share.
 */
public final class Refusal extends Exception {

    private final int code;
    private final String reason;

    private Refusal(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    public static Refusal unauthorized(String message) {
        return new Refusal(401, "Unauthorized", message);
    }

    public static Refusal forbidden(String message) {
        return new Refusal(403, "Forbidden", message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(404, "NotFound", message);
    }

    public static Refusal methodNotAllowed(String message) {
        return new Refusal(405, "MethodNotAllowed", message);
    }

    public static Refusal notAcceptable(String message) {
        return new Refusal(406, "NotAcceptable", message);
    }

    public static Refusal unavailable(String message) {
        return new Refusal(503, "ServiceUnavailable", message);
    }

    public int code() {
        return code;
    }

    /** As clients compare it: {@code NotFound}. */
    public String reason() {
        return reason;
    }

    public Response response() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", getMessage());
        status.put("reason", reason);
        status.put("code", code);
        return Body.of(code, "application/json", Json.write(status));
    }
}
