// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real Prometheus that scrapes one agent every second. */
public final class PrometheusServer implements AutoCloseable {

    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"]");
    private static final Pattern FAILED_SCRAPES = Pattern.compile(
            "^prometheus_target_scrape(s|_pool)_[a-z_]*(failed|exceeded|out_of|duplicate)[a-z_]*(\\{.*})? [1-9].*");

    private final Process process;
    private final URI url;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    static PrometheusServer scraping(URI agent, Path folder) throws IOException {
        return scraping(agent, folder, "groups: []");
    }

    /** @param rules the text of a rule file, which it evaluates every second */
    public static PrometheusServer scraping(URI agent, Path folder, String rules) throws IOException {
        var program = Path.of(System.getProperty("prometheus", "prometheus"));
        assertThat(program).as("run scripts/tools first; ./test does").isExecutable();
        Files.createDirectories(folder);
        var config = folder.resolve("prometheus.yml");
        Files.writeString(folder.resolve("rules.yml"), rules);
        Files.writeString(config, """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: highwater
                    static_configs: [{targets: ["%s"]}]
                """.formatted(agent.getAuthority()));
        int port = FreePort.next();
        var log = folder.resolve("log");
        var process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var server = new PrometheusServer(process, URI.create("http://127.0.0.1:" + port), log);
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(server::isReady);
        return server;
    }

    private boolean isReady() throws IOException, InterruptedException {
        return get("/-/ready").contains("Ready");
    }

    public URI url() {
        return url;
    }

    /** What it answers to a query of now, in JSON. */
    public String query(String query) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** The value of a query with one result at most; empty when there is none now. */
    public OptionalDouble value(String query) throws IOException, InterruptedException {
        var reply = query(query);
        assertThat(reply).contains("\"status\":\"success\"");
        var values = VALUE.matcher(reply).results().toList();
        assertThat(values).as(reply).hasSizeLessThan(2);
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(values.getFirst().group(1)));
    }

    /** The same for the series with that label. */
    OptionalDouble value(String query, String label, String is) throws IOException, InterruptedException {
        var selector = "{" + label + "=\"" + is + "\"}";
        int range = query.indexOf('[');
        return value(range < 0 ? query + selector : query.substring(0, range) + selector + query.substring(range));
    }

    /** What Prometheus has to say against the scrapes: its error counters above 0, its warnings. */
    List<String> complaints() throws IOException, InterruptedException {
        var counters = get("/metrics")
                .lines()
                .filter(line -> FAILED_SCRAPES.matcher(line).matches());
        var warnings = Files.readString(log).lines().filter(line -> line.matches(".*level=(warn|error).*scrape.*"));
        return java.util.stream.Stream.concat(counters, warnings).toList();
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }
}
