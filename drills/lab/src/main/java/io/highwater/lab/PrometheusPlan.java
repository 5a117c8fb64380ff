// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a Prometheus is to scrape, and how it is reached.
 *
 * @param targets ports, whose {@code /metrics} is scraped
 * @param job the job of all targets; without one each is a job of its own, {@code target-1} and so on
 * @param interval of scrapes, and of the evaluation of rules
 * @param rules files of rules, by their names
 * @param alertmanager the port of the Alertmanager that is told what fires
 * @param tls the certificates of a server that speaks TLS alone
 * @param login whether it wants {@link #USER} and {@link #PASSWORD}
 * @param lookback how old a sample may be that a query sees, when the query does not say
 */
public record PrometheusPlan(
        List<Integer> targets,
        Optional<String> job,
        Duration interval,
        Map<String, String> rules,
        OptionalInt alertmanager,
        Optional<LabTls> tls,
        boolean login,
        Optional<Duration> lookback) {

    public static final String USER = "highwater";
    public static final String PASSWORD = "correct horse";

    private static final String HASH = "$2a$04$kAPqGQFDAfF40FZAfN2fCuBa9tVl5uICh8ZjQOje5ksU/lmK9D1cy";

    public PrometheusPlan {
        targets = List.copyOf(targets);
        rules = Map.copyOf(rules);
    }

    static PrometheusPlan of(List<Integer> targets) {
        return new PrometheusPlan(
                targets,
                Optional.empty(),
                Duration.ofSeconds(1),
                Map.of(),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    public PrometheusPlan job(String name) {
        return new PrometheusPlan(targets, Optional.of(name), interval, rules, alertmanager, tls, login, lookback);
    }

    public PrometheusPlan interval(Duration newInterval) {
        return new PrometheusPlan(targets, job, newInterval, rules, alertmanager, tls, login, lookback);
    }

    /** Evaluates these, the content of each file by its name, and tells an Alertmanager what fires. */
    public PrometheusPlan alerting(Map<String, String> files, AlertmanagerServer server) {
        return new PrometheusPlan(targets, job, interval, files, OptionalInt.of(server.port()), tls, login, lookback);
    }

    public PrometheusPlan tls(LabTls certificates) {
        return new PrometheusPlan(
                targets, job, interval, rules, alertmanager, Optional.of(certificates), login, lookback);
    }

    public PrometheusPlan withLogin() {
        return new PrometheusPlan(targets, job, interval, rules, alertmanager, tls, true, lookback);
    }

    public PrometheusPlan lookback(Duration newLookback) {
        return new PrometheusPlan(targets, job, interval, rules, alertmanager, tls, login, Optional.of(newLookback));
    }

    /** Starts it; the caller closes it. */
    public PrometheusServer start() {
        return new PrometheusServer(this).start();
    }

    String configuration() {
        var text = new StringBuilder(
                "global: {scrape_interval: %1$ds, scrape_timeout: %1$ds, evaluation_interval: %1$ds}\n"
                        .formatted(interval.toSeconds()));
        text.append("rule_files: [").append(String.join(", ", rules.keySet())).append("]\n");
        alertmanager.ifPresent(port -> text.append(
                "alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}\n".formatted(port)));
        return text.append("scrape_configs:\n").append(jobs()).toString();
    }

    private String jobs() {
        if (targets.isEmpty()) {
            return "    []\n";
        }
        var addresses = targets.stream().map(port -> "'127.0.0.1:" + port + "'").toList();
        if (job.isPresent()) {
            return job(job.get(), String.join(", ", addresses));
        }
        return IntStream.range(0, addresses.size())
                .mapToObj(i -> job("target-" + (i + 1), addresses.get(i)))
                .collect(Collectors.joining());
    }

    private static String job(String name, String addresses) {
        return "  - {job_name: %s, static_configs: [{targets: [%s]}]}\n".formatted(name, addresses);
    }

    String webConfiguration() {
        var web = new StringBuilder();
        if (tls.isPresent()) {
            web.append(
                    "tls_server_config: {cert_file: %s, key_file: %s}\n".formatted(LabTls.SERVER, LabTls.SERVER_KEY));
        }
        if (login) {
            web.append("basic_auth_users: {%s: '%s'}\n".formatted(USER, HASH));
        }
        return web.toString();
    }

    List<String> command(int port) {
        var flags = List.of(
                "--config.file=prometheus.yml",
                "--web.config.file=web.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port);
        var all = new ArrayList<String>();
        all.add(Tools.program("prometheus").toString());
        all.addAll(flags);
        lookback.ifPresent(some -> all.add("--query.lookback-delta=" + some.toMillis() + "ms"));
        return all;
    }
}
