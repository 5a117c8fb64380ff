// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.client.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the API server whose a bearer token is. Answers hold for ten seconds, by the token's digest. */
public final class TokenReviews {

    private static final int MOST = 1000;
    private static final Duration HOLDS = Duration.ofSeconds(10);

    private final ApiServerClient apiServer;
    private final ReviewMeters meters;
    private final Remembered<String, Optional<Caller>> answers = new Remembered<>(MOST, HOLDS);

    public TokenReviews(ApiServerClient apiServer, MeterRegistry registry) {
        this.apiServer = apiServer;
        this.meters = new ReviewMeters(registry, "token");
    }

    /** None for a token that is not good. */
    Optional<Caller> review(String token) throws ApiServerException, InterruptedException {
        return answers.get(digest(token), _ -> ask(token), ApiServerException.class, meters::hit);
    }

    private Optional<Caller> ask(String token) throws ApiServerException {
        long began = System.nanoTime();
        String result = "error";
        try {
            Optional<Caller> caller = caller(apiServer.post(
                    "/apis/authentication.k8s.io/v1/tokenreviews",
                    Map.of(
                            "kind",
                            "TokenReview",
                            "apiVersion",
                            "authentication.k8s.io/v1",
                            "spec",
                            Map.of("token", token))));
            result = caller.isPresent() ? "allowed" : "denied";
            return caller;
        } finally {
            meters.asked(result, began);
        }
    }

    private static Optional<Caller> caller(Json review) {
        if (!review.at("status", "authenticated").isTrue()) {
            return Optional.empty();
        }
        Json user = review.at("status", "user");
        Map<String, List<String>> extra = new HashMap<>();
        user.at("extra").fields().forEach((key, values) -> extra.put(key, values.texts()));
        return Optional.of(Caller.authenticated(
                user.at("username").text().orElse(""),
                user.at("uid").text().orElse(""),
                user.at("groups").texts(),
                extra));
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
