// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One real Prometheus on a free loopback port, which it keeps over restarts, with its data in a temporary folder. What
 * goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 20;

    private final PrometheusPlan plan;
    private final ServerFolder folder = ServerFolder.create("prometheus", Account.SELF);
    private final int port = FreePort.next();
    private final HttpClient http;
    private @Nullable ServerProcess process;

    PrometheusServer(PrometheusPlan plan) {
        this.plan = plan;
        folder.write("prometheus.yml", plan.configuration());
        folder.write("web.yml", plan.webConfiguration());
        plan.rules().forEach(folder::write);
        plan.tls().ifPresent(tls -> tls.files().forEach(folder::write));
        var client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT);
        plan.tls().map(LabTls::clientContext).ifPresent(client::sslContext);
        this.http = client.build();
        LastResort.add(this);
    }

    /** One that scrapes these ports every second; say what else before {@link PrometheusPlan#start()}. */
    public static PrometheusPlan scraping(Integer... targets) {
        return PrometheusPlan.of(List.of(targets));
    }

    /** Returns when it answers queries; does nothing when it already runs. */
    public PrometheusServer start() {
        if (isRunning()) {
            return this;
        }
        var started = ServerProcess.start(folder.account(), plan.command(port), folder.home(), folder.log());
        process = started;
        Await.until(
                "Prometheus to be ready",
                START_LIMIT,
                () -> !started.isRunning() || get("/-/ready").isPresent(),
                this::logTail);
        if (!started.isRunning()) {
            throw new LabException("Prometheus ended while starting:\n" + logTail());
        }
        return this;
    }

    /** As the API answers, in JSON; empty when it does not answer with 200. */
    public Optional<String> query(String query) {
        return get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** The series that a query has now; empty when there is no answer as well. */
    public List<Series> vector(String query) {
        return query(query).map(Series::vector).orElse(List.of());
    }

    /**
     * How long the last evaluations of all groups of rules took, in seconds and together: {@code
     * prometheus_rule_group_last_duration_seconds} of its own page. 0 when it does not answer.
     */
    public double ruleSeconds() {
        return get("/metrics").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("prometheus_rule_group_last_duration_seconds{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether a query may say how old a sample it sees; older servers do not listen. */
    public boolean knowsLookback() {
        return get("/api/v1/query?query=1&lookback_delta=nonsense").isEmpty();
    }

    private Optional<String> get(String path) {
        var login = PrometheusPlan.USER + ":" + PrometheusPlan.PASSWORD;
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(ANSWER_LIMIT)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking Prometheus", e);
        }
    }

    /** As a power cut would. */
    public void kill() {
        if (isRunning()) {
            running().kill();
        }
    }

    /** Stops without a word, as a machine that hangs. */
    public void pause() {
        running().pause();
    }

    public void resume() {
        running().resume();
    }

    public boolean isRunning() {
        return process != null && process.isRunning();
    }

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new LabException("Prometheus does not run:\n" + logTail());
        }
        return process;
    }

    public int port() {
        return port;
    }

    /** {@code http://} or {@code https://}, without a user. */
    public String url() {
        return (plan.tls().isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    public String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        http.close();
        kill();
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "Prometheus on port " + port;
    }
}
