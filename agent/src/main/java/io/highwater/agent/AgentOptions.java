// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.scaling.ScalingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an agent is to run.
 *
 * @param config the configuration file
 * @param listen where to serve HTTP: {@code host:port}, {@code :port}; port 0 for any that is free
 * @param webConfig TLS, users and limits of the HTTP server
 * @param timeoutOffset by how much a probe ends before Prometheus would give up
 * @param environment where the configuration's secrets may stand
 * @param scaling whom numbers for autoscaling are handed to
 */
public record AgentOptions(
        Path config,
        List<String> listen,
        Optional<Path> webConfig,
        Duration timeoutOffset,
        Map<String, String> environment,
        ScalingOptions scaling) {

    /** A port that no other exporter is known by; 9100 to 9999 are all given away. */
    public static final String DEFAULT_LISTEN = ":10823";

    public static final Duration DEFAULT_TIMEOUT_OFFSET = Duration.ofMillis(500);

    public AgentOptions {
        listen = List.copyOf(listen);
        environment = Map.copyOf(environment);
    }

    /** With the defaults of the command line. */
    public static AgentOptions of(Path config) {
        return new AgentOptions(
                config,
                List.of(DEFAULT_LISTEN),
                Optional.empty(),
                DEFAULT_TIMEOUT_OFFSET,
                System.getenv(),
                ScalingOptions.NONE);
    }

    public AgentOptions listen(String... addresses) {
        return new AgentOptions(config, List.of(addresses), webConfig, timeoutOffset, environment, scaling);
    }

    public AgentOptions webConfig(Path file) {
        return new AgentOptions(config, listen, Optional.of(file), timeoutOffset, environment, scaling);
    }

    public AgentOptions timeoutOffset(Duration offset) {
        return new AgentOptions(config, listen, webConfig, offset, environment, scaling);
    }

    public AgentOptions environment(Map<String, String> variables) {
        return new AgentOptions(config, listen, webConfig, timeoutOffset, variables, scaling);
    }

    public AgentOptions scaling(ScalingOptions options) {
        return new AgentOptions(config, listen, webConfig, timeoutOffset, environment, options);
    }
}
