// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.lab.FreePort;
import io.highwater.lab.NginxServer;
import java.util.List;
import java.util.Map;

/** A service of nginx, probed as its users see it. */
final class WebStack implements Stack {

    private final int port = FreePort.next();
    private final NginxServer server = NginxServer.start(
            "server { listen 127.0.0.1:" + port + "; location / { return 200 ok; } }", Map.of(), port);

    NginxServer server() {
        return server;
    }

    @Override
    public List<String> components() {
        return List.of("probe: { probes: { shop: { http: { url: \"http://127.0.0.1:" + port
                + "/\" }, interval: 1s, timeout: 1s } } }");
    }

    @Override
    public void close() {
        server.close();
    }
}
