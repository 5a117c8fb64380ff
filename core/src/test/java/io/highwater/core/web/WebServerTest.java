// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebServerTest {

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
        client.shutdownNow();
    }

    @Test
    void givesAHandlerWhatTheClientAsked() throws Exception {
        List<Request> seen = new ArrayList<>();
        WebServer server = serve(new Routes().get("/probe", request -> {
            seen.add(request);
            return Response.text(200, "ok");
        }));

        get(server, "/probe?target=a%2Fb+c&name%5B%5D=one&name[]=two&debug", "X-Thing", "some");

        Request request = seen.getFirst();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/probe");
        assertThat(request.peerCertificates()).isEmpty();
        assertThat(request.parameter("target")).contains("a/b c");
        assertThat(request.parameters("name[]")).containsExactly("one", "two");
        assertThat(request.parameter("debug")).contains("");
        assertThat(request.parameter("absent")).isEmpty();
        assertThat(request.header("x-THING")).contains("some");
        assertThat(request.remote().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void sendsStatusHeadersAndPartsOfTheBody() throws Exception {
        Response parts = Response.of(203, "text/x", List.of(bytes("one "), bytes(""), bytes("two")));
        WebServer server = serve(new Routes().get("/", _ -> parts.with("Vary", "Accept-Encoding")));

        HttpResponse<String> response = get(server, "/");

        assertThat(response.statusCode()).isEqualTo(203);
        assertThat(response.body()).isEqualTo("one two");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/x");
        assertThat(response.headers().firstValue("Content-Length")).contains("7");
        assertThat(response.headers().firstValue("Vary")).contains("Accept-Encoding");
    }

    @Test
    void answersHeadWithTheHeadersOfGet() throws Exception {
        WebServer server = serve(new Routes().get("/", _ -> Response.text(200, "body")));

        HttpResponse<String> response = send(server, "HEAD", "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("5");
        assertThat(response.body()).isEmpty();
        assertThat(logged()).doesNotContain("level=WARN");
    }

    @Test
    void refusesWhatIsNotServed() throws Exception {
        WebServer server = serve(new Routes()
                .get("/metrics", _ -> Response.text(200, ""))
                .post("/-/reload", _ -> Response.text(200, ""))
                .put("/-/reload", _ -> Response.text(200, "")));

        assertThat(get(server, "/metrics/").statusCode()).isEqualTo(404);
        assertThat(get(server, "/").statusCode()).isEqualTo(404);
        assertThat(raw(server, "GET /metrics?a=%zz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        HttpResponse<String> wrongMethod = get(server, "/-/reload");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST, PUT");
        assertThat(send(server, "DELETE", "/metrics").headers().firstValue("Allow"))
                .contains("GET, HEAD");
        assertThat(send(server, "POST", "/-/reload").statusCode()).isEqualTo(200);
    }

    @Test
    void answersWhatIsUnderAPrefixAndHasNoRouteOfItsOwn() throws Exception {
        WebServer server = serve(new Routes()
                .get("/apis/own", _ -> Response.text(200, "own"))
                .under("/apis/", request -> Response.text(200, request.method() + " " + request.rawPath()))
                .under("/apis/more/", _ -> Response.text(200, "longer")));

        assertThat(get(server, "/apis/own").body()).isEqualTo("own\n");
        assertThat(get(server, "/apis/a%2Fb/c").body()).isEqualTo("GET /apis/a%2Fb/c\n");
        assertThat(send(server, "DELETE", "/apis/").body()).isEqualTo("DELETE /apis/\n");
        assertThat(get(server, "/apis/more/x").body()).isEqualTo("longer\n");
        assertThat(get(server, "/apis").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsTheStackTraceToItself() throws Exception {
        WebServer server = serve(new Routes().get("/", _ -> {
            throw new IllegalStateException("secret detail");
        }));

        HttpResponse<String> response = get(server, "/");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("500 internal server error\n");
        assertThat(logged()).contains("secret detail").contains("keepsTheStackTraceToItself");
    }

    @Test
    void listensOnSeveralAddresses() throws Exception {
        WebServer server = serve(
                new Routes().get("/", _ -> Response.text(200, "here")), "127.0.0.1:0", "[::1]:0", "localhost:0", ":0");

        assertThat(server.addresses()).hasSize(4);
        for (InetSocketAddress address : server.addresses()) {
            String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
            URI uri = new URI("http", null, host, address.getPort(), "/", null, null);
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("here\n");
        }
    }

    @Test
    void refusesAPortInUseAndLetsGoOfTheOthers() {
        WebServer first = serve(new Routes());
        String taken = "127.0.0.1:" + first.uri().getPort();

        assertThatThrownBy(() -> serve(new Routes(), "127.0.0.1:0", taken))
                .isInstanceOf(WebException.class)
                .hasMessage("cannot listen on " + taken + ": Address already in use");
        String other = logged().replaceAll("(?s).*address=(127.0.0.1:\\d+) tls=false\\n$", "$1");
        assertThat(serve(new Routes(), other).addresses()).hasSize(1);
    }

    @Test
    void refusesABadAddress() {
        assertBad("9187", "listen address '9187': use host:port, :port or [ipv6]:port");
        assertBad("::1:9187", "listen address '::1:9187': use host:port, :port or [ipv6]:port");
        assertBad("localhost:", "listen address 'localhost:': the port must be a number from 0 to 65535");
        assertBad(":70000", "listen address ':70000': the port must be a number from 0 to 65535");
        assertBad("no-such-host.invalid:0", "listen address 'no-such-host.invalid:0': the host is unknown");
    }

    @Test
    void isNotHeldUpBySlowClients() throws Exception {
        WebServer server = serve(new Routes().get("/", _ -> Response.text(200, "quick")));
        for (int i = 0; i < 50; i++) {
            Socket slow = connect(server);
            slow.getOutputStream().write(bytes("GET / HT"));
        }

        assertThat(get(server, "/").body()).isEqualTo("quick\n");
    }

    @Test
    void servesALargePageToManyAtOnce() throws Exception {
        byte[] page = new byte[1_200_000];
        Arrays.fill(page, (byte) 'x');
        WebServer server = serve(new Routes().get("/", _ -> Response.ok("text/plain", List.of(page))));
        Callable<Integer> scrape = () -> get(server, "/").body().length();

        try (ExecutorService scrapers = Executors.newFixedThreadPool(50)) {
            for (Future<Integer> length : scrapers.invokeAll(List.copyOf(java.util.Collections.nCopies(50, scrape)))) {
                assertThat(length.get()).isEqualTo(page.length);
            }
        }
    }

    @Test
    void writesInSlices() throws Exception {
        List<Integer> writes = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                writes.add(length);
                super.write(bytes, from, length);
            }
        };
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            parts.add(bytes("a"));
        }
        parts.add(new byte[100_000]);
        parts.add(bytes("z"));

        Exchanges.write(parts, out, Exchanges.SLICE);

        assertThat(out.toByteArray()).hasSize(101_001).startsWith('a').endsWith('z');
        assertThat(writes).hasSizeLessThan(7).allMatch(length -> length <= Exchanges.SLICE);
    }

    @Test
    void closesAtOnceEvenIfAHandlerHangs() throws Exception {
        WebServer server = serve(new Routes().get("/", _ -> {
            Thread.sleep(Duration.ofHours(1));
            return Response.text(200, "");
        }));
        Socket waiting = connect(server);
        waiting.getOutputStream().write(bytes("GET / HTTP/1.1\r\n\r\n"));

        long start = System.nanoTime();
        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> connect(server)).isInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void cutsOffAHandlerThatTakesTooLong() throws Exception {
        Routes routes = new Routes().get("/", _ -> {
            Thread.sleep(Duration.ofHours(1));
            return Response.text(200, "");
        });
        Log log = new Log(LogFormat.LOGFMT, LogLevel.INFO, logged);
        WebServer server =
                WebServer.start(List.of("127.0.0.1:0"), Optional.empty(), routes, Duration.ofMillis(100), log);
        open.add(server);

        assertThat(get(server, "/").statusCode()).isEqualTo(503);
        assertThat(logged()).contains("level=WARN source=WebServer msg=\"A handler was cut off\" method=GET path=/");
    }

    @Test
    void survivesAnErrorOfAHandler() throws Exception {
        WebServer server = serve(new Routes().get("/", _ -> {
            throw new NoClassDefFoundError("some/Class");
        }));

        assertThat(get(server, "/").statusCode()).isEqualTo(500);
        assertThat(logged()).contains("some/Class");
    }

    private void assertBad(String address, String message) {
        assertThatThrownBy(() -> serve(new Routes(), address))
                .isInstanceOf(WebException.class)
                .hasMessage(message);
    }

    private WebServer serve(Routes routes, String... listen) {
        List<String> addresses = listen.length == 0 ? List.of("127.0.0.1:0") : List.of(listen);
        Log log = new Log(LogFormat.LOGFMT, LogLevel.INFO, logged);
        WebServer server = WebServer.start(addresses, Optional.empty(), routes, log);
        open.add(server);
        return server;
    }

    private Socket connect(WebServer server) throws Exception {
        Socket socket = new Socket(server.uri().getHost(), server.uri().getPort());
        open.add(socket);
        return socket;
    }

    private String raw(WebServer server, String request) throws Exception {
        Socket socket = connect(server);
        socket.getOutputStream().write(bytes(request));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private HttpResponse<String> get(WebServer server, String path, String... headers) throws Exception {
        return send(server, "GET", path, headers);
    }

    private HttpResponse<String> send(WebServer server, String method, String path, String... headers)
            throws Exception {
        URI uri = URI.create(server.uri() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String logged() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
