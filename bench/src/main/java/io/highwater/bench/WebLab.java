// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.FreePort;
import io.highwater.lab.NginxServer;
import io.highwater.lab.Site;
import io.highwater.lab.Sites;
import java.util.HashMap;

/** One nginx: {@code /} answers at once, {@code /large} over TLS takes half a second to send, {@code /status} counts requests. */
final class WebLab implements Lab {

    private static final int LARGE_KILOBYTES = 200;

    private final Sites sites = Sites.create();
    private final int plain = FreePort.next();
    private final int secure = FreePort.next();
    private final NginxServer server;

    private WebLab() {
        var files = new HashMap<>(sites.site(Site.Flaw.NONE).files());
        files.put("large", "x".repeat(LARGE_KILOBYTES * 1024));
        server = NginxServer.start("""
                keepalive_requests 100000;
                server {
                  listen 127.0.0.1:%d backlog=4096;
                  location / { return 200 ok; }
                  location /status { stub_status; }
                }
                server {
                  listen 127.0.0.1:%d ssl;
                  ssl_certificate site.crt;
                  ssl_certificate_key site.key;
                  location /large { root .; limit_rate %dk; }
                }
                """.formatted(plain, secure, LARGE_KILOBYTES * 2), files, plain, secure);
    }

    static WebLab start() {
        return new WebLab();
    }

    @Override
    public String describe() {
        return "{\"version\": \"1.22\", \"ports\": [%d, %d], \"pids\": [], \"authority\": \"%s\"}"
                .formatted(plain, secure, sites.authority());
    }

    @Override
    public String obey(String order) {
        return Lab.unknown(order);
    }

    @Override
    public void close() {
        server.close();
        sites.close();
    }
}
