// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * A client of a cluster's API server. Blocking, for any number of threads; tokens and certificates in files are taken up
 * when they change.
 */
public final class ApiServerClient implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");

    /** For an answer as a whole, as in Kubernetes' own reviews. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Access access;
    private final Connections connections;
    private final Map<String, String> versions = new ConcurrentHashMap<>(Map.of("apps", "v1"));

    private ApiServerClient(Access access) {
        this.access = access;
        this.connections = new Connections(access);
    }

    /** By the service account of the pod that this process runs in. No request is made yet. */
    public static ApiServerClient inCluster() throws ApiServerException {
        return new ApiServerClient(Access.inCluster(System.getenv()));
    }

    /**
     * By a kubeconfig file with a client certificate, a token or a token file. No request is made yet.
     *
     * @param context its {@code current-context} when none is named
     */
    public static ApiServerClient of(Path kubeconfig, Optional<String> context) throws ApiServerException {
        return new ApiServerClient(Kubeconfig.read(kubeconfig, context));
    }

    /** Where the API server is. */
    public URI server() {
        return access.server().uri();
    }

    /** @param path with its query, e.g. {@code /api/v1/namespaces/shop/services?limit=1} */
    public Json get(String path) throws ApiServerException {
        return answer(request(path).build());
    }

    /** Posts a JSON object, made of maps and collections. */
    public Json post(String path, Map<String, ?> body) throws ApiServerException {
        return answer(
                request(path).post(RequestBody.create(Json.write(body), JSON)).build());
    }

    /**
     * The replicas of a workload.
     *
     * @param resource plural and group, e.g. {@code deployments.apps}
     */
    public Scale scale(String namespace, String resource, String name) throws ApiServerException {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String root = group.isEmpty() ? "/api/v1" : "/apis/" + group + "/" + version(group);
        return Scale.of(get(root + "/namespaces/" + namespace + "/" + plural + "/" + name + "/scale"));
    }

    private String version(String group) throws ApiServerException {
        String known = versions.get(group);
        if (known != null) {
            return known;
        }
        String preferred = get("/apis/" + group)
                .at("preferredVersion", "version")
                .text()
                .orElseThrow(() -> new ApiServerException("the API server prefers no version of " + group));
        versions.put(group, preferred);
        return preferred;
    }

    /** What comes of a {@link #watch}, one event at a time. */
    @FunctionalInterface
    public interface Events {
        void next(Json event) throws ApiServerException;
    }

    /**
     * Reads events as they come, until the server ends them, which is no error, or the thread is interrupted.
     *
     * @param path with {@code watch=1} in its query
     * @param silence longest time without any event; the server is asked to end the watch before
     */
    public void watch(String path, Duration silence, Events events) throws ApiServerException {
        Call call = connections
                .current()
                .newBuilder()
                .readTimeout(silence)
                .build()
                .newCall(request(path).build());
        try (Response response = call.execute()) {
            refuseUnlessWell(response, path);
            BufferedSource lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                events.next(Json.read(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (ApiServerException e) {
            throw e;
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private Json answer(Request request) throws ApiServerException {
        String path = request.url().encodedPath();
        Call call = connections
                .current()
                .newBuilder()
                .readTimeout(PATIENCE)
                .callTimeout(PATIENCE)
                .build()
                .newCall(request);
        try (Response response = call.execute()) {
            refuseUnlessWell(response, path);
            return Json.read(response.body().bytes());
        } catch (ApiServerException e) {
            throw e;
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private Request.Builder request(String path) throws ApiServerException {
        String server = access.server().toString(); // ends with a slash, and may have a path, as behind Rancher
        HttpUrl url = Access.url(server.substring(0, server.length() - 1) + path);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .header("User-Agent", "highwater");
        if (access.token().isPresent()) {
            request.header("Authorization", "Bearer " + access.token().get().text());
        }
        return request;
    }

    private static void refuseUnlessWell(Response response, String path) throws IOException {
        if (!response.isSuccessful()) {
            throw new ApiServerException(
                    response.code(), "the API server answers " + response.code() + " to " + path + message(response));
        }
    }

    /** Of the status object in the body, if it is one. */
    private static String message(Response response) {
        try {
            return Json.read(response.peekBody(16 << 10).bytes())
                    .at("message")
                    .text()
                    .map(message -> ": " + message)
                    .orElse("");
        } catch (IOException notJson) {
            return "";
        }
    }

    private ApiServerException failure(String path, IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ApiServerException(
                "the API server at " + access.server() + " does not answer " + path + ": " + said, e);
    }

    /** Lets go of idle connections; calls under way go on. */
    @Override
    public void close() {
        connections.close();
    }
}
