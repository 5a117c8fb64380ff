// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.core.web.Response;
import io.highwater.core.web.Routes;
import io.highwater.core.web.WebServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A server with a web configuration that answers "ok" at {@code /}, and what it logs. */
final class Served implements AutoCloseable {

    final WebServer server;
    private final ByteArrayOutputStream logged;

    private Served(WebServer server, ByteArrayOutputStream logged) {
        this.server = server;
        this.logged = logged;
    }

    static Served with(Path config) {
        return with(config, new Routes().get("/", _ -> Response.text(200, "ok")), Duration.ofMinutes(1));
    }

    static Served with(Path config, Routes routes, Duration longestAnswer) {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        Log log = new Log(LogFormat.LOGFMT, LogLevel.INFO, logged);
        return new Served(
                ConfiguredServer.start(List.of("127.0.0.1:0"), Optional.of(config), routes, longestAnswer, log),
                logged);
    }

    HttpResponse<String> get(String... headers) throws Exception {
        return get(SSLContext.getDefault(), headers);
    }

    /** Over a new connection. */
    HttpResponse<String> get(SSLContext tls, String... headers) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(server.uri() + "/")).timeout(Duration.ofSeconds(10));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    int status(String... headers) throws Exception {
        return get(headers).statusCode();
    }

    String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    static String basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    @Override
    public void close() {
        server.close();
    }
}
