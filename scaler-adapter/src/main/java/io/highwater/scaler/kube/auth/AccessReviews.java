// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.client.Json;
import io.highwater.scaler.kube.wire.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks the API server what a caller may. Answers hold for ten seconds. Whether he may do it to everything in the group is
 * asked first: autoscalers may, and with thousands of them that is one question in place of thousands.
 */
public final class AccessReviews {

    private static final int MOST = 10_000;
    private static final Duration HOLDS = Duration.ofSeconds(10);

    private final ApiServerClient apiServer;
    private final ReviewMeters meters;
    private final Remembered<Question, Answer> answers = new Remembered<>(MOST, HOLDS);

    private record Question(Caller caller, Action action) {}

    private record Answer(boolean allowed, String reason) {}

    public AccessReviews(ApiServerClient apiServer, MeterRegistry registry) {
        this.apiServer = apiServer;
        this.meters = new ReviewMeters(registry, "access");
    }

    /** Refuses with 403 what the caller may not, and with 503 when nobody can say. */
    public void require(Caller caller, Action action) throws Refusal, InterruptedException {
        if (caller.mayDoAnything()) {
            return;
        }
        Answer answer;
        try {
            var broader = action.broader();
            if (broader.isPresent() && answer(caller, broader.get()).allowed) {
                return;
            }
            answer = answer(caller, action);
        } catch (ApiServerException e) {
            throw Refusal.unavailable(
                    "whether user \"" + caller.name() + "\" may " + action + " cannot be known: " + e.getMessage());
        }
        if (!answer.allowed) {
            throw Refusal.forbidden("user \"" + caller.name() + "\" cannot " + action
                    + (answer.reason.isEmpty() ? "" : ": " + answer.reason));
        }
    }

    private Answer answer(Caller caller, Action action) throws ApiServerException, InterruptedException {
        return answers.get(new Question(caller, action), this::ask, ApiServerException.class, meters::hit);
    }

    private Answer ask(Question question) throws ApiServerException {
        long began = System.nanoTime();
        String result = "error";
        try {
            Json status = apiServer
                    .post(
                            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                            Map.of(
                                    "kind",
                                    "SubjectAccessReview",
                                    "apiVersion",
                                    "authorization.k8s.io/v1",
                                    "spec",
                                    specification(question)))
                    .at("status");
            boolean allowed =
                    status.at("allowed").isTrue() && !status.at("denied").isTrue();
            result = allowed ? "allowed" : "denied";
            return new Answer(allowed, status.at("reason").text().orElse(""));
        } finally {
            meters.asked(result, began);
        }
    }

    private static Map<String, Object> specification(Question question) {
        Caller caller = question.caller;
        Map<String, Object> specification = new LinkedHashMap<>(question.action.review());
        specification.put("user", caller.name());
        specification.put("groups", caller.groups());
        specification.put("extra", caller.extra());
        if (!caller.uid().isEmpty()) {
            specification.put("uid", caller.uid());
        }
        return specification;
    }
}
