// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.core.log.Log;
import io.highwater.core.web.Handler;
import io.highwater.core.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The agent's web server, behind a web configuration file if there is one. */
public final class ConfiguredServer {

    private ConfiguredServer() {}

    /**
     * Listens, or throws {@link io.highwater.core.web.WebException} and holds no socket.
     *
     * @param listen {@code --web.listen-address}
     * @param config {@code --web.config.file}: the YAML that Prometheus' exporters share
     */
    public static WebServer start(List<String> listen, Optional<Path> config, Handler handler, Log log) {
        return start(listen, config, handler, WebServer.LONGEST_ANSWER, log);
    }

    static WebServer start(
            List<String> listen, Optional<Path> config, Handler handler, Duration longestAnswer, Log log) {
        return config.map(path -> WebConfigFile.open(path, log.from("WebServer")))
                .map(file -> behind(file, listen, handler, longestAnswer, log))
                .orElseGet(() -> WebServer.start(listen, Optional.empty(), handler, longestAnswer, log));
    }

    private static WebServer behind(
            WebConfigFile file, List<String> listen, Handler handler, Duration longestAnswer, Log log) {
        Handler gate = request -> file.current().gate().answer(request, handler);
        return WebServer.start(listen, file.newestTls(), gate, longestAnswer, log);
    }
}
