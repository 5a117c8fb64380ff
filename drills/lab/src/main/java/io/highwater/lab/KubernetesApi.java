// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HTTPS requests to an API server, for what is asked too often for kubectl. Thread-safe. */
final class KubernetesApi implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient client;

    KubernetesApi(SSLContext identity) {
        this.client = HttpClient.newBuilder()
                .sslContext(identity)
                .connectTimeout(LIMIT)
                .build();
    }

    /** Whether it answers with 200. */
    boolean isOk(URI address) {
        return get(address).isPresent();
    }

    /** The answer, or empty when there is none or one other than 200. */
    private Optional<String> get(URI address) {
        try {
            var answer = send(HttpRequest.newBuilder(address).GET());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** An object's JSON; a {@link LabException} when there is none. */
    Map<?, ?> object(URI address) {
        var answer = get(address).orElseThrow(() -> new LabException("no answer for " + address));
        return Json.read(answer) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** What lies at the end of keys, or null. */
    static @Nullable Object at(@Nullable Object object, String... keys) {
        for (var key : keys) {
            object = object instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return object;
    }

    static List<?> items(Map<?, ?> list) {
        return list.get("items") instanceof List<?> items ? items : List.of();
    }

    void patch(URI address, String body) {
        try {
            var answer = send(HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/strategic-merge-patch+json")
                    .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
            if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) { // gone meanwhile
                throw new LabException(address + " answers " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new LabException("cannot patch " + address, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking an API server", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
