// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Prometheus is to scrape, and how it is reached.
 *
 * @param targets ports, each a job {@code target-1} and so on, whose {@code /metrics} is scraped every second
 * @param tls the certificates of a server that speaks TLS alone
 * @param login whether it wants {@link #USER} and {@link #PASSWORD}
 * @param lookback how old a sample may be that a query sees, when the query does not say
 */
public record PrometheusPlan(List<Integer> targets, Optional<LabTls> tls, boolean login, Optional<Duration> lookback) {

    public static final String USER = "highwater";
    public static final String PASSWORD = "correct horse";

    private static final String HASH = "$2a$04$kAPqGQFDAfF40FZAfN2fCuBa9tVl5uICh8ZjQOje5ksU/lmK9D1cy";

    public PrometheusPlan {
        targets = List.copyOf(targets);
    }

    public PrometheusPlan tls(LabTls certificates) {
        return new PrometheusPlan(targets, Optional.of(certificates), login, lookback);
    }

    public PrometheusPlan withLogin() {
        return new PrometheusPlan(targets, tls, true, lookback);
    }

    public PrometheusPlan lookback(Duration newLookback) {
        return new PrometheusPlan(targets, tls, login, Optional.of(newLookback));
    }

    /** Starts it; the caller closes it. */
    public PrometheusServer start() {
        return new PrometheusServer(this).start();
    }

    String configuration() {
        var jobs = new StringBuilder("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n");
        for (int i = 0; i < targets.size(); i++) {
            jobs.append("  - {job_name: target-%d, static_configs: [{targets: ['127.0.0.1:%d']}]}\n"
                    .formatted(i + 1, targets.get(i)));
        }
        return targets.isEmpty() ? jobs.append("    []\n").toString() : jobs.toString();
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
        all.add(program().toString());
        all.addAll(flags);
        lookback.ifPresent(some -> all.add("--query.lookback-delta=" + some.toMillis() + "ms"));
        return all;
    }

    private static Path program() {
        var program = Path.of(System.getProperty(NatsBinaries.FOLDER_PROPERTY, ".tools/bin"), "prometheus");
        if (!Files.isExecutable(program)) {
            throw new LabException("no " + program.toAbsolutePath() + "; scripts/tools fetches it");
        }
        return program.toAbsolutePath();
    }
}
