// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.config.Config;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import io.highwater.agent.config.Problem;
import io.highwater.agent.self.ConfigState;
import io.highwater.core.Exporter;
import io.highwater.core.Fleet;
import io.highwater.core.log.Log;
import io.highwater.scaler.engine.Scaler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The configuration in force, and how it is replaced: whole, or not at all. */
final class LiveConfig {

    private final Path file;
    private final Map<String, String> environment;
    private final List<Exporter<?>> exporters;
    private final Fleet fleet;
    private final Scaler scaler;
    private final Log log;
    private volatile ConfigState state = ConfigState.NONE;

    LiveConfig(
            Path file,
            Map<String, String> environment,
            List<Exporter<?>> exporters,
            Fleet fleet,
            Scaler scaler,
            Log log) {
        this.file = file;
        this.environment = environment;
        this.exporters = exporters;
        this.fleet = fleet;
        this.scaler = scaler;
        this.log = log.from("Config");
    }

    ConfigState state() {
        return state;
    }

    /** Reads the file and watches what it says. When it is refused, everything goes on as before. */
    synchronized void load() throws ConfigException {
        try {
            Config config = ConfigFile.load(file, exporters, environment);
            fleet.apply(config.plans());
            scaler.apply(config.signals(), config.policies());
            state = new ConfigState(Instant.now(), List.of());
            var clusters = Counts.clusters(config);
            var targets = Counts.targets(config);
            log.info("Configuration is in force", "file", file, "clusters", clusters, "targets", targets);
        } catch (ConfigException e) {
            var problems = e.problems().stream().map(Problem::toString).toList();
            state = new ConfigState(state.since(), problems);
            problems.forEach(problem -> log.error("Configuration is refused", "file", file, "err", problem));
            throw e;
        }
    }
}
